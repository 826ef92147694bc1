import { expect, it } from 'vitest'
import { wellFormed } from './xml.ts'

it.each([
  ['<a><b x="1" y=\'2\'/>text &amp; more</a>', 0],
  ['<a><![CDATA[ < & ]]></a>', 0],
  ['<a><b></a></b>', 2],
  ['<a>', 1],
  ['<a/><b/>', 1],
  ['<a x="1" x="2"/>', 1],
  ['<a>&nbsp;</a>', 1],
  ['<a x="a & b"/>', 1],
  ['<a>1 < 2</a>', 1],
  ['<a x=1/>', 3],
  ['<a>\u0001</a>', 1],
  ['words', 2],
])('%j has %i faults', (text, faults) => {
  expect(wellFormed(text)).toHaveLength(faults)
})
