/** Number of letters to add, drop or change to make one word of another. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, before[j]! + 1, row[j - 1]! + 1))
    }
    before = row
  }
  return before[b.length]!
}

/** The three words of a list that are most like a word; one that contains it counts as very like. */
export const nearestTo = (word: string, known: readonly string[]): string[] =>
  known
    .map((one) => ({ one, far: one.includes(word) ? 0 : distance(word, one) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ one }) => one)
