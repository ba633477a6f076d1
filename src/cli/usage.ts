export const usage = `readback start                      the bot; needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN
readback start --sandbox            a trial in the browser, without Slack and clusters
readback start --sandbox --kubeconfig FILE
                                    the same page over clusters of yours
readback doctor                     looks at every part and names what is missing
readback policy test|lint|explain   the roles file
readback audit verify|export|tail   the audit trail
readback slack manifest             the Slack app, ready to paste

Exit codes: 0 good, 1 something was found wrong, 2 cannot run. --json for machines.`
