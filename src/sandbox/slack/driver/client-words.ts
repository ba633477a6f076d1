/** What the chat's own client says about a form, before or instead of the app. */
export interface ClientWords {
  readonly required: string
  readonly tooLong: string
  readonly tooShort: string
  readonly trouble: string
}

const english: ClientWords = {
  required: 'Please complete this required field.',
  tooLong: 'Too long.',
  tooShort: 'Too short.',
  trouble: 'We had some trouble connecting. Try again?',
}

const chinese: ClientWords = {
  required: '请填写此必填字段。',
  tooLong: '内容过长。',
  tooShort: '内容过短。',
  trouble: '连接出了点问题。再试一次？',
}

/** By the locale of the person whose client it is. */
export const clientWords = (locale: string): ClientWords => (locale.startsWith('zh') ? chinese : english)
