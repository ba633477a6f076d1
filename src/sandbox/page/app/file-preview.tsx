import { useEffect, useState } from 'preact/hooks'
import type { PageFile } from '../protocol.ts'
import { Icon } from './icons.tsx'
import { useTexts } from './texts/use-texts.ts'

const previewLines = 8

export function FilePreview({ file, user }: { readonly file: PageFile; readonly user: string }) {
  const address = `/files/${encodeURIComponent(file.id)}?as=${encodeURIComponent(user)}`
  const isText = !file.mimetype.startsWith('image/') && file.size < 2_000_000
  const [text, setText] = useState<string>()
  const [whole, setWhole] = useState(false)
  const words = useTexts().chat.file
  useEffect(() => {
    if (!isText) return
    const stop = new AbortController()
    fetch(address, { signal: stop.signal })
      .then((response) => response.text())
      .then(setText)
      .catch(() => {})
    return () => stop.abort()
  }, [address])
  const lines = text?.split('\n') ?? []
  return (
    <figure class="file">
      <figcaption>
        <Icon name="file" size={20} />
        <span>
          <b>{file.title || file.name}</b>
          <small>{sizeOf(file.size)}</small>
        </span>
        <a class="button" href={address} download={file.name}>
          {words.download}
        </a>
      </figcaption>
      {file.mimetype === 'image/png' && <img src={address} alt={file.title} />}
      {text !== undefined && (
        <>
          <pre class="code" tabIndex={0}>
            {(whole ? lines : lines.slice(0, previewLines)).join('\n')}
          </pre>
          {lines.length > previewLines && (
            <button type="button" class="text-button" onClick={() => setWhole(!whole)}>
              {whole ? words.less : words.all(lines.length)}
            </button>
          )}
        </>
      )}
    </figure>
  )
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1_000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`
