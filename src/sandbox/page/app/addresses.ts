const protocols = ['http:', 'https:', 'mailto:']

/** Whether a click may open it: a page or a letter, and no script. */
export const isOpenable = (url: string): boolean => URL.canParse(url) && protocols.includes(new URL(url).protocol)
