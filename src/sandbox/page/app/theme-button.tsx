import { useLayoutEffect } from 'preact/hooks'
import { Icon } from './icons.tsx'
import { useKept } from './keep.ts'

const themes = ['auto', 'light', 'dark'] as const
const looks = {
  auto: { icon: 'half', says: 'as the system' },
  light: { icon: 'sun', says: 'light' },
  dark: { icon: 'moon', says: 'dark' },
} as const

export function ThemeButton() {
  const [kept, keepTheme] = useKept('theme', 'auto')
  const theme = themes.find((one) => one === kept) ?? 'auto'
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  const words = `Colours: ${looks[theme].says}. Click for ${looks[next].says}.`
  return (
    <button type="button" class="quiet" aria-label={words} title={words} onClick={() => keepTheme(next)}>
      <Icon name={looks[theme].icon} />
    </button>
  )
}
