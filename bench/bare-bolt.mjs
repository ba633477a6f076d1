// What ours is measured against: Bolt as its own documentation starts it, which also makes one line durable
// before it acknowledges: ours promises that what is acknowledged is on disk.
import { open } from 'node:fs/promises'
import bolt from '@slack/bolt'

const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_API_URL: slackApiUrl, BENCH_FILE } = process.env
const file = await open(BENCH_FILE, 'a')
const app = new bolt.App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl }, logLevel: 'error' })
app.command(/.*/, async ({ command, ack, respond }) => {
  await file.appendFile(`${JSON.stringify({ at: Date.now(), who: command.user_id, text: command.text })}\n`)
  await file.datasync()
  await ack()
  await respond({ response_type: 'ephemeral', text: `You are <@${command.user_id}>` })
})
await app.start()
console.log('ready')
