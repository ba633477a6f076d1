import about from '../../package.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { aTerminal } from './a-terminal.ts'

describe('words that are not understood', () => {
  test('an unknown command gets the nearest one and the usage', async () => {
    const { code, out, error } = await aTerminal().type('polcy')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain('there is no "polcy".\n  Did you mean policy?')
    expect(error).toContain('readback audit verify [FILE]')
  })

  test('no words at all get the usage as an error', async () => {
    const { code, error } = await aTerminal().type()
    expect(code).toBe(2)
    expect(error).toContain('One of: start, doctor, policy, audit, slack.')
  })

  test('an unknown option gets the nearest one', async () => {
    const { code, error } = await aTerminal().type('policy', 'lint', '--jsn')
    expect(code).toBe(2)
    expect(error).toContain('there is no option --jsn.\n  Did you mean --json?')
    expect(error).toContain('readback policy --help shows how it is used.')
  })

  test.each([
    [['audit', 'verify', '--head'], '--head needs a value'],
    [['audit', 'verify', '--head', '12'], '--head cannot be 12'],
    [['audit', 'verify', '--json=yes'], '--json takes no value'],
    [['audit', 'verify', 'a', 'b'], '"b" is too much'],
    [['audit', 'tail', '--lines', 'all'], '--lines cannot be all'],
    [['audit', 'export', '--format', 'xml'], 'It must be jsonl or csv.'],
    [['slack'], 'readback slack what? One of: manifest.'],
    [['start', '--port', '4747'], '--port goes with --sandbox only'],
    [['start', '--sandbox', '--port', 'x'], '--port cannot be x'],
  ])('%j is refused: %s', async (words, sentence) => {
    const { code, out, error } = await aTerminal().type(...words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain(sentence)
  })

  test('--version is the version of package.json', async () => {
    const { code, out } = await aTerminal().type('--version')
    expect({ code, out }).toEqual({ code: 0, out: `${about.version}\n` })
  })

  test('--help is an answer, of that command alone', async () => {
    const { code, out, error } = await aTerminal().type('audit', '--help')
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('audit verify')
    expect(out).not.toContain('policy')
  })
})
