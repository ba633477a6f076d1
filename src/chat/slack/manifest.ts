/** One slash command of the app, as Slack lists it while people type. */
export interface ManifestCommand {
  /** With its slash; unique in a workspace. */
  readonly command: string
  readonly description: string
  readonly usage?: string
}

/** Each scope is asked for because a method in this folder needs it. */
export const botScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'usergroups:read',
  'users:read',
] as const

const botEvents = [
  'app_mention',
  'channel_shared',
  'channel_unshared',
  'member_joined_channel',
  'message.im',
  'subteam_members_changed',
  'subteam_updated',
] as const

/** The app manifest to create the Slack app from; the app-level token (`connections:write`) is made by hand afterwards. */
export function createManifest(app: {
  readonly name: string
  readonly description: string
  readonly commands: readonly ManifestCommand[]
}) {
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: { name: app.name, description: app.description },
    features: {
      bot_user: { display_name: app.name.toLowerCase(), always_online: true },
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      slash_commands: app.commands.map(({ command, description, usage }) => ({
        command,
        description,
        // Mentions and links then arrive as ids that nobody can fake by a name.
        should_escape: true,
        ...(usage === undefined ? {} : { usage_hint: usage }),
      })),
    },
    oauth_config: { scopes: { bot: [...botScopes] } },
    settings: {
      event_subscriptions: { bot_events: [...botEvents] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  }
}
