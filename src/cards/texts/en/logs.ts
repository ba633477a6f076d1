const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
const lines = (n: number) => count(n, 'line', 'lines')
const size = (bytes: number) =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`

interface Wish {
  readonly grep?: string | undefined
  readonly exclude?: string | undefined
  readonly level?: string | undefined
  readonly context?: number | undefined
}

const filter = ({ grep, exclude, level, context }: Wish) =>
  [
    ...(grep === undefined ? [] : [`matching ${grep}`]),
    ...(exclude === undefined ? [] : [`without ${exclude}`]),
    ...(level === undefined ? [] : [`${level} and worse`]),
    ...(context === undefined ? [] : [`${context} around each`]),
  ].join(' · ')

/** Logs, read once or followed. */
export const logs = {
  title: (what: string, where: string) => `Logs of ${what} on ${where}`,
  previous: 'before the last restart',
  noPods: 'It has no pods, so there are no logs.',
  noLines: 'No lines.',
  noLinesYet: 'No lines yet.',
  noMatch: (wish: Wish) => `No line is ${filter(wish)}.`,
  found: (n: number, sources: number) => `${lines(n)} of ${count(sources, 'container', 'containers')}`,
  failed: (pod: string) => `${pod} gave no logs`,
  unfinished: (source: string) =>
    `${source} was not read to its end, so its newest lines are missing; a shorter --since helps`,
  partly: (source: string, n: number) => `${source} is large: only its newest ${lines(n)} were read`,
  short: 'fewer lines than asked for: they are large, and the oldest were left out',
  moreAlike: (n: number) => `and ${count(n, 'container', 'containers')} more like that`,
  waiting: (pod: string, reason: string) => `${pod} has nothing to read: ${reason}`,
  moreWaiting: (n: number) => `and ${count(n, 'pod', 'pods')} more without anything to read`,
  over: (n: number) => `${count(n, 'container', 'containers')} more than I read at once`,
  following: (pods: number) => `following ${count(pods, 'pod', 'pods')}`,
  paused: 'paused; lines are still collected',
  until: (duration: string) => `ends by itself after ${duration}`,
  filter: (wish: Wish) => `only lines ${filter(wish)}`,
  rate: (speed: string) => `${speed} lines/s`,
  errors: (n: number) => count(n, 'error', 'errors'),
  lines,
  others: (n: number) => `and ${n} other errors`,
  moreLines: (n: number) => `… ${lines(n)} more`,
  fromContainers: (n: number) => `${n} containers`,
  zone: 'times in UTC',
  losses: {
    skipped: (n: number) => `${lines(n)} skipped: they came faster than I read for a chat`,
    unseen: (n: number) => `${lines(n)} went by too fast for this window; they are in the file`,
    late: (n: number) => `${lines(n)} came too late to be put in order; marked ^`,
    missed: (n: number) => `${count(n, 'run', 'runs')} of a container came and went unseen`,
  },
  buttons: {
    stop: 'Stop',
    pause: 'Pause',
    resume: 'Resume',
    file: 'Last 15 min as a file',
    filter: 'Filter…',
  },
  ended: {
    asked: 'stopped',
    time: 'ended after its time',
    restart: 'ended: the bot was restarted',
    failed: 'ended: the cluster refuses it or does not answer',
    forbidden: 'ended: whoever asked for it may not read this any more',
  },
  summary: { lines: 'Lines', errors: 'Errors', first: 'First', last: 'Last' },
  fileSent: 'The text stands as a file in the thread.',
  fileFailed: 'The text could not be put here as a file.',
  fileComing: 'The last 15 minutes come as a file into the thread.',
  file: {
    about: (what: string, where: string) => `Logs of ${what} on ${where} as a text`,
    head: (what: string, where: string, n: number) =>
      `${what} on ${where}, ${lines(n)}; time (UTC), pod, container, text`,
    skipped: (n: number) => `${lines(n)} skipped about here: they came faster than is read for a chat`,
    skippedInAll: (n: number) => `${lines(n)} skipped in all: they came faster than is read for a chat`,
    late: (n: number) => `${lines(n)} came too late to be put in order; marked ^`,
    leftOut: (n: number, bytes: number) => `${lines(n)} (${size(bytes)}) left out here: the file would grow too large`,
    filtered: (wish: Wish) =>
      filter(wish) === '' ? 'from here on all lines' : `from here on only lines ${filter(wish)}`,
    missed: (pod: string, runs: number) =>
      `${count(runs, 'run', 'runs')} of a container of ${pod} came and went unseen`,
  },
  form: {
    title: 'Filter these logs',
    submit: 'Apply',
    cancel: 'Cancel',
    words: 'What comes from now on is filtered so, for everybody who reads along.',
    grep: 'Only lines that match',
    exclude: 'No lines that match',
    pattern: 'RE2 syntax; colours are gone and secrets are masked before it is compared',
    level: 'Level, and worse',
    all: 'all lines',
  },
}
