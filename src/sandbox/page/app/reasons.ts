const reasons: Readonly<Record<string, string>> = {
  unknown_command: 'No command of that name here. Try /ops help',
  not_in_channel: 'You are not in this channel.',
  is_archived: 'This channel is archived.',
  deactivated: 'This account is deactivated.',
  no_commands_in_threads: 'Slash commands do not work in threads. Mention @readback instead.',
  timed_out: 'The bot did not answer in time.',
  undelivered: 'The bot is not connected right now.',
  unknown_message: 'This message is gone.',
  unknown_control: 'This button is gone: the message has changed meanwhile.',
  sandbox_gone: 'The sandbox does not answer. Is `npm start` still running?',
}

/** Why something was not done, in words of the chat's own client. */
export const sayReason = (reason: string): string => reasons[reason] ?? reason
