import { useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'

/** What must not be overlooked: whose clusters these are, and that somebody is gone. */
export function Banners({ lost }: { readonly lost: boolean }) {
  const { known } = useScene()
  const { trial } = useTexts()
  const { process, clusters } = known
  const own = clusters.filter(({ changesAllowed }) => changesAllowed !== undefined)
  const open = own.filter(({ changesAllowed }) => changesAllowed === true).map(({ name }) => name)
  return (
    <>
      {own.length > 0 && (
        <p class={open.length > 0 ? 'banner bad' : 'banner'} role="status">
          {trial.own.these} {open.length > 0 ? trial.own.open(open) : trial.own.shut}
        </p>
      )}
      {lost && (
        <p class="banner bad" role="alert">
          {trial.gone}
        </p>
      )}
      {process.kind === 'broken' && (
        <p class="banner bad" role="alert">
          {trial.bot.couldNotStart(process.ending ?? '')}
        </p>
      )}
      {process.kind === 'waiting' && (
        <p class="banner" role="status">
          {trial.bot.isGone(process.ending ?? '')}
        </p>
      )}
    </>
  )
}
