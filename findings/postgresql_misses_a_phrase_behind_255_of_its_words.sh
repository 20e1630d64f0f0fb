#!/usr/bin/env bash
# PostgreSQL 18.7 (PGlite 0.5.17): a phrase isn't found in a text that had one of its words 255 times before.
#
# Guess before: full text search finds a phrase wherever it stands: what limits a tsvector has (1 MB, positions up to
# 16,383) are out of an article's reach. A word that is common only costs rank.
# Seen: of each word only the first 255 positions are kept. Where "storm" stood 255 times before, the phrase "bridge
# storm" is not found, while both words are; with 254 before, it is. A long read, a book or the minutes of a council
# have that in their second half about their own subject. Nothing says that positions were left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-fund --no-audit --prefix "$folder" @electric-sql/pglite@0.5.17
cat > "$folder/phrase.mjs" <<'JAVASCRIPT'
import assert from 'node:assert/strict'
import { PGlite } from '@electric-sql/pglite'

const database = new PGlite()
const { rows: [{ version }] } = await database.query("select current_setting('server_version') as version")
console.log(`PostgreSQL ${version}`)

const found = async (before, wanted) => {
    const text = 'The storm came. '.repeat(before) + 'Then the bridge storm was over.'
    const asked = "select to_tsvector('english', $1) @@ websearch_to_tsquery('english', $2) as found"
    return (await database.query(asked, [text, wanted])).rows[0].found
}
const expected = { 0: [true, true], 254: [true, true], 255: [false, true], 1000: [false, true] }
for (const [before, each] of Object.entries(expected)) {
    const seen = [await found(Number(before), '"bridge storm"'), await found(Number(before), 'bridge storm')]
    console.log(`  ${before.padStart(4)} before: phrase ${seen[0]}, both words ${seen[1]}`)
    assert.deepEqual(seen, each)
}
JAVASCRIPT
node "$folder/phrase.mjs"
