import { App, LogLevel, SocketModeReceiver } from '@slack/bolt'
import type { SlackServer } from '../../../../src/sandbox/slack/server.ts'

/** Options of their own for each part: Bolt writes into the object it is given (slack.md 1.7). */
const clientOptions = (slackApiUrl: string) => ({
  slackApiUrl,
  timeout: 5_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
})

/** A real Bolt app with two Socket Mode connections, as production runs it. `connect` resolves when both said hello. */
export function aBoltApp(slack: SlackServer) {
  const { botToken, appToken } = slack.world.state.app
  const receiver = () =>
    new SocketModeReceiver({
      appToken,
      logLevel: LogLevel.ERROR,
      clientPingTimeout: 1_000,
      installerOptions: { clientOptions: clientOptions(slack.apiUrl) },
    })
  const first = receiver()
  const second = receiver()
  const app = new App({
    token: botToken,
    receiver: first,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack.apiUrl),
    deferInitialization: true,
  })
  return {
    app,
    connect: async () => {
      await app.init()
      second.init(app)
      await app.start()
      await second.start()
    },
    /** Resolves once that many connections were made anew; call it before the fault that breaks them. */
    reconnected: (count: number) =>
      new Promise<void>((resolve) => {
        let left = count
        for (const { client } of [first, second])
          client.on('connected', () => {
            left -= 1
            if (left === 0) resolve()
          })
      }),
    stop: async () => {
      await app.stop()
      await second.stop()
    },
  }
}
