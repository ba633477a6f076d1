import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Dialog({
  label,
  look,
  onClose,
  children,
}: {
  readonly label: string
  readonly look: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}) {
  const node = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = node.current
    if (dialog?.open === false) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={node}
      class={look}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {children}
    </dialog>
  )
}
