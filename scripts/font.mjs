// Makes assets/fonts/chart.ttf: the characters of charts out of Noto Sans SC. Its two tools are no dependencies of ours; from a folder of its own:
//   npm install --prefix /tmp/font subset-font@2.9.0 @expo-google-fonts/noto-sans-sc@0.4.3
//   node scripts/font.mjs /tmp/font
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { root } from './installed.mjs'

const tools = process.argv[2]
if (!tools) {
  console.error(
    'Usage: node scripts/font.mjs FOLDER (where subset-font and @expo-google-fonts/noto-sans-sc are installed)',
  )
  process.exit(2)
}

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('')

/** All that GB 2312 names: 682 signs and 6,763 characters of Chinese. */
function gb2312() {
  const decoder = new TextDecoder('gb2312')
  let text = ''
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    // GBK has characters in rows that GB 2312 left empty.
    if (row > 0xa9 && row < 0xb0) continue
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) text += decoder.decode(Uint8Array.of(row, cell))
  }
  return text.replaceAll('\uFFFD', '')
}

const latin = range(0x20, 0x7e) + range(0xa0, 0x17f)
const signs = range(0x2010, 0x2027) + range(0x2030, 0x203a) + '‐–—…•€™−≈≠≤≥∞√∑µ→←↑↓↗↘⇒■□▲▼◆◇○●★✓✗'
const fonts = join(root, 'assets/fonts')
const source = join(resolve(tools), 'node_modules/@expo-google-fonts/noto-sans-sc')
const subset = createRequire(join(resolve(tools), 'package.json'))('subset-font')

const font = await subset(
  readFileSync(join(source, '400Regular/NotoSansSC_400Regular.ttf')),
  latin + signs + gb2312(),
  {
    targetFormat: 'sfnt',
  },
)
mkdirSync(fonts, { recursive: true })
writeFileSync(join(fonts, 'chart.ttf'), font)
copyFileSync(join(source, 'LICENSE_FONT'), join(fonts, 'chart.OFL.txt'))
console.log(`assets/fonts/chart.ttf: ${font.length} bytes`)
