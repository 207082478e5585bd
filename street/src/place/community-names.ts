import type { Words } from '../model.js'

/** Names of the nine communities. Number 5 is the paper's; the others are invented. */
export const communityNames: readonly Words[] = [
  { zh: '晨光社区', en: 'Morning Light' },
  { zh: '青禾社区', en: 'Green Rice' },
  { zh: '云帆社区', en: 'Cloud Sail' },
  { zh: '听雨社区', en: 'Listening Rain' },
  { zh: '西大北社区', en: 'SWU North' },
  { zh: '石榴社区', en: 'Pomegranate' },
  { zh: '望溪社区', en: 'Brook View' },
  { zh: '星桥社区', en: 'Star Bridge' },
  { zh: '暖阳社区', en: 'Warm Sun' },
]

/** The paper's seven models (2.2) as taxonomy terms; a community has one or two. */
export const communityModels: readonly (readonly string[])[] = [
  ['pioneering', 'service'],
  ['green'],
  ['co-building'],
  ['democratic'],
  ['learning', 'service'],
  ['peace'],
  ['service'],
  ['green', 'learning'],
  ['democratic', 'co-building'],
]

/** Invented names of building groups, used with a number. */
export const buildingNames: readonly Words[] = [
  { zh: '桂苑', en: 'Osmanthus Court' },
  { zh: '竹苑', en: 'Bamboo Court' },
  { zh: '荷苑', en: 'Lotus Court' },
  { zh: '枫苑', en: 'Maple Court' },
  { zh: '兰苑', en: 'Orchid Court' },
  { zh: '松苑', en: 'Pine Court' },
  { zh: '梅苑', en: 'Plum Court' },
  { zh: '菊苑', en: 'Aster Court' },
]
