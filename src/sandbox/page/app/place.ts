import { useEffect, useState } from 'preact/hooks'

/** Where this window is: it stands in the address, so reload, back and a second window work by themselves. */
export interface Place {
  readonly user: string
  readonly channel: string
  readonly thread?: string
}

export const firstPlace: Place = { user: 'U0ANN', channel: 'C0SHOP' }

export function addressOf({ user, channel, thread }: Place): string {
  return `#/${[user, channel, ...(thread === undefined ? [] : [thread])].join('/')}`
}

function placeOf(hash: string): Place {
  const [, user, channel, thread] = hash.split('/')
  return {
    user: user || firstPlace.user,
    channel: channel || (user ? '' : firstPlace.channel),
    ...(thread ? { thread } : {}),
  }
}

export function go(place: Place): void {
  window.location.hash = addressOf(place)
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(window.location.hash))
  useEffect(() => {
    const onChange = (): void => setPlace(placeOf(window.location.hash))
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return place
}
