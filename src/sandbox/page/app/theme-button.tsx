import { useLayoutEffect } from 'preact/hooks'
import { Icon } from './icons.tsx'
import { useKept } from './keep.ts'
import { useTexts } from './texts/use-texts.ts'

const themes = ['auto', 'light', 'dark'] as const
const icons = { auto: 'half', light: 'sun', dark: 'moon' } as const

export function ThemeButton() {
  const [kept, keepTheme] = useKept('theme', 'auto')
  const theme = themes.find((one) => one === kept) ?? 'auto'
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  const { look } = useTexts().trial
  const words = look.theme(look.says[theme], look.says[next])
  return (
    <button type="button" class="quiet" aria-label={words} title={words} onClick={() => keepTheme(next)}>
      <Icon name={icons[theme]} />
    </button>
  )
}
