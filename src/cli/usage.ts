const commands = {
  start: `readback start                      the bot; needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN
readback start --sandbox            a trial in the browser, without Slack and clusters
  --kubeconfig FILE                 the same page over clusters of yours
  --port PORT                       where the page is served`,
  doctor: `readback doctor                     looks at every part and names what is missing
  --json`,
  policy: `readback policy test [FILE]         runs the cases of the policy file
readback policy lint [FILE]         names what is hardly meant in it
readback policy explain ACTION WHERE --as U0ANN
                                    the answer, and every rule that was considered
  --role ROLE                       somebody who holds that role alone, instead of --as
  --groups S0SRE,…                  user groups that the person of --as is in
  --replicas N  --before N  --image IMAGE  --break-glass REASON  --at TIME
  --policy FILE                     else READBACK_POLICY, else policies/roles.yaml
  --cluster NAME=ENVIRONMENT        again and again; else the clusters of readback.yaml
  --json`,
  audit: `readback audit verify [FILE]        walks the chain; FILE is else DATABASE_URL, or audit.jsonl in READBACK_DATA
  --head COUNT:HASH                 and compares it with a head written down elsewhere
readback audit export [FILE]        records, oldest first
  --format jsonl|csv
readback audit tail [FILE]          the last records
  --lines N
  both: --since 7d  --until TIME  --who TEAM/USER  --what KIND  --on CLUSTER
        --action ACTION  --target TARGET  --operation ID
  --json`,
  slack: `readback slack manifest             the Slack app, ready to paste
  --name NAME                       what the app is called, else Readback
  --json                            else YAML`,
} as const

export const commandNames = ['start', 'doctor', 'policy', 'audit', 'slack'] as const

/** Of one command, or of all. */
export function usage(command?: string): string {
  const found = commandNames.find((name) => name === command)
  const part = found === undefined ? commandNames.map((name) => commands[name]).join('\n\n') : commands[found]
  const version = found === undefined ? 'readback --version\n\n' : ''
  return `${part}\n\n${version}Exit codes: 0 good, 1 something was found wrong, 2 cannot run. Answers go to stdout, errors to stderr.\n`
}
