import type { Language } from '@commonhall/shared/identity'

import type { Persona } from './personas.js'

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const WORDS = {
  zh: { lang: 'zh-CN', title: '请选择演示角色', lead: '以下人物均为虚构,仅供演示,无需密码。' },
  en: {
    lang: 'en',
    title: 'Choose who you are',
    lead: 'All of these people are fictional. This is a demonstration; no password is needed.',
  },
} as const

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
  ul { list-style: none; padding: 0 }
  button { font: inherit; width: 100%; min-height: 3rem; margin: .25rem 0; padding: .5rem 1rem; text-align: start; cursor: pointer }
  button:focus-visible { outline: 3px solid #1a66c2; outline-offset: 2px }`

/** The sign-in page of the demo: one button per persona, without scripts, usable by keyboard and screen reader. */
export const personaPage = (personas: readonly Persona[], language: Language): string => {
  const words = WORDS[language]
  const buttons = personas.map(
    ({ name, title }) =>
      `<li><button name="persona" value="${escapeHtml(name)}">${escapeHtml(title[language])} <small>${escapeHtml(name)}</small></button></li>`,
  )
  return `<!doctype html>
<html lang="${words.lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title} · Commonhall</title>
<style>${STYLE}</style></head>
<body><main><h1>${words.title}</h1><p>${words.lead}</p>
<form method="post"><ul>${buttons.join('\n')}</ul></form></main></body></html>
`
}
