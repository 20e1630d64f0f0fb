#!/usr/bin/env bash
# Citation.js 0.8.2 (core and plugin-ris): as RIS a newspaper article has no author and no day; a magazine's has.
#
# Guess before: the fields of RIS are the same for articles in newspapers and in magazines: AU for each author, DA for
# the day. What format("ris") writes, Cite() reads back.
# Seen: of one and the same CSL-JSON item, "article-magazine" becomes a record with AU and DA, "article-newspaper" one
# with PY only: no author, no month, no day. Reading is as lopsided: a NEWS record's authors land unparsed in a field
# "reporter", which no citation style prints; its DA is passed over. The day is what a reference to a newspaper is
# found by.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-fund --no-audit --prefix "$folder" @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > "$folder/ris.mjs" <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-ris'

const item = {
    id: 'a',
    title: 'A bridge opens',
    author: [{ family: 'Smith', given: 'Jane' }, { family: 'Lee', given: 'Ann' }],
    issued: { 'date-parts': [[2024, 3, 5]] },
    'container-title': 'The Paper',
}
const written = type => new Cite([{ ...item, type }]).format('ris').split('\n')
    .filter(line => /^(TY|AU|DA|PY)/.test(line))
const record = type => `TY  - ${type}\nID  - a\nTI  - A bridge opens\nAU  - Smith, Jane\nAU  - Lee, Ann\nPY  - 2024\n` +
    'DA  - 2024/03/05/\nER  - \n'
const read = type => {
    const { author, reporter, issued } = new Cite(record(type)).data[0]
    return { author, reporter, issued: issued['date-parts'][0] }
}
for (const [csl, ris] of [['article-magazine', 'MGZN'], ['article-newspaper', 'NEWS']]) {
    console.log(`${csl} written:`, written(csl), `\n${ris} read:`, read(ris))
}
assert.deepEqual(written('article-magazine'), [
    'TY  - MGZN', 'AU  - Smith, Jane', 'AU  - Lee, Ann', 'DA  - 2024/3/5/', 'PY  - 2024',
])
assert.deepEqual(written('article-newspaper'), ['TY  - NEWS', 'PY  - 2024'])
assert.deepEqual(read('MGZN'), { author: item.author, reporter: undefined, issued: [2024, 3, 5] })
assert.deepEqual(read('NEWS'), { author: undefined, reporter: ['Smith, Jane', 'Lee, Ann'], issued: [2024] })
JAVASCRIPT
node "$folder/ris.mjs"
