/**
 * One spelling for one thing: identifiers of GS1 as canonical Digital Link URIs, as the event hash
 * of CBV 2.0 (rules 17 and 18) and queries need them. Other URIs stay as they are.
 */

/** The check digit of GS1: weights 3 and 1 in turn from the right, up to the next ten. */
function checkDigit(digits: string): string {
  let sum = 0
  let weight = 3
  for (let i = digits.length - 1; i >= 0; i--) {
    sum += weight * (digits.charCodeAt(i) - 48)
    weight = 4 - weight
  }
  return String((10 - (sum % 10)) % 10)
}

const withCheck = (digits: string) => digits + checkDigit(digits)

/** GTIN-14 of a company prefix and an item reference that begins with the indicator. */
const gtin = (prefix: string, item: string) => withCheck(item.slice(0, 1) + prefix + item.slice(1))

/** A Digital Link percent-encodes some characters that a URN may write as they are. */
const encoded = (text: string) =>
  text.replaceAll(/[!()*+,:;=]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

type Parts = readonly string[]
const at = (parts: Parts, i: number) => parts[i] ?? ''
/** `/21/serial`, or nothing where a pattern leaves the serial open. */
const tail = (key: string, value: string) =>
  value === '' || value === '*' ? '' : `/${key}/${encoded(value)}`
const open = (value: string) => (value === '*' ? '' : encoded(value))

/** By the scheme of an EPC URN: how many parts it has, and the path that they make. */
const schemes = new Map<string, readonly [number, (parts: Parts) => string]>(
  Object.entries({
    sgtin: [3, (p) => `01/${gtin(at(p, 0), at(p, 1))}${tail('21', at(p, 2))}`],
    lgtin: [3, (p) => `01/${gtin(at(p, 0), at(p, 1))}${tail('10', at(p, 2))}`],
    upui: [3, (p) => `01/${gtin(at(p, 0), at(p, 1))}${tail('235', at(p, 2))}`],
    sscc: [2, (p) => `00/${gtin(at(p, 0), at(p, 1))}`],
    sgln: [
      3,
      (p) =>
        `414/${withCheck(at(p, 0) + at(p, 1))}${at(p, 2) === '0' ? '' : tail('254', at(p, 2))}`,
    ],
    pgln: [2, (p) => `417/${withCheck(at(p, 0) + at(p, 1))}`],
    grai: [3, (p) => `8003/0${withCheck(at(p, 0) + at(p, 1))}${open(at(p, 2))}`],
    giai: [2, (p) => `8004/${at(p, 0)}${open(at(p, 1))}`],
    gsrn: [2, (p) => `8018/${withCheck(at(p, 0) + at(p, 1))}`],
    gsrnp: [2, (p) => `8017/${withCheck(at(p, 0) + at(p, 1))}`],
    gdti: [3, (p) => `253/${withCheck(at(p, 0) + at(p, 1))}${open(at(p, 2))}`],
    sgcn: [3, (p) => `255/${withCheck(at(p, 0) + at(p, 1))}${open(at(p, 2))}`],
    cpi: [3, (p) => `8010/${at(p, 0)}${encoded(at(p, 1))}${tail('8011', at(p, 2))}`],
    ginc: [2, (p) => `401/${at(p, 0)}${encoded(at(p, 1))}`],
    gsin: [2, (p) => `402/${withCheck(at(p, 0) + at(p, 1))}`],
    itip: [
      5,
      (p) => `8006/${gtin(at(p, 0), at(p, 1))}${at(p, 2)}${at(p, 3)}${tail('21', at(p, 4))}`,
    ],
  }),
)

/** The parts of an EPC: the last may hold dots. */
function split(text: string, count: number): string[] | undefined {
  const parts = text.split('.')
  if (parts.length < count) return undefined
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('.')]
}

/** Schemes whose references may hold letters: they have no check digit. */
const lettered = new Set(['giai', 'cpi', 'ginc'])

const epcUrn = /^urn:epc:(?:id|class|idpat):([a-z]+):(.+)$/

function fromUrn(urn: string): string {
  const found = epcUrn.exec(urn)
  const scheme = schemes.get(found?.[1] ?? '')
  const parts = scheme === undefined ? undefined : split(found?.[2] ?? '', scheme[0])
  if (scheme === undefined || parts === undefined) return urn
  // A pattern of a whole company names no class, and letters have no check digit.
  const reference = at(parts, 1)
  const isReference = lettered.has(found?.[1] ?? '') || /^\d*$/.test(reference)
  const isKey = /^\d+$/.test(at(parts, 0)) && isReference && !reference.includes('*')
  return isKey ? `https://id.gs1.org/${scheme[1](parts)}` : urn
}

/** Words that older Digital Links have for keys and qualifiers. */
const words = new Map(
  Object.entries({
    sscc: '00',
    gtin: '01',
    lot: '10',
    ser: '21',
    cpv: '22',
    gdti: '253',
    glnx: '254',
    gcn: '255',
    ginc: '401',
    gsin: '402',
    gln: '414',
    party: '417',
    grai: '8003',
    giai: '8004',
    itip: '8006',
    cpid: '8010',
    cpsn: '8011',
    gsrnp: '8017',
    gsrn: '8018',
  }),
)

/** By primary key: what its value looks like, and its qualifiers, the finest first. */
const keys = new Map<string, readonly [RegExp, readonly string[]]>(
  Object.entries({
    '00': [/^\d{18}$/, []],
    '01': [/^(?:\d{8}|\d{12,14})$/, ['21', '10', '235']],
    '253': [/^\d{13}[^/]{0,17}$/, []],
    '255': [/^\d{13}\d{0,12}$/, []],
    '401': [/^\d{4}[^/]{0,60}$/, []],
    '402': [/^\d{17}$/, []],
    '414': [/^\d{13}$/, ['254']],
    '417': [/^\d{13}$/, []],
    '8003': [/^\d{14}[^/]{0,40}$/, []],
    '8004': [/^\d{4}[^/]{0,60}$/, []],
    '8006': [/^\d{18}$/, ['21', '10']],
    '8010': [/^\d{4}[^/]{0,60}$/, ['8011']],
    '8017': [/^\d{18}$/, []],
    '8018': [/^\d{18}$/, []],
  }),
)
/** Primary keys, and the words for them. */
const primary = new Set([
  ...keys.keys(),
  ...[...words].flatMap(([word, key]) => (keys.has(key) ? word : [])),
])
const qualifiers = new Set(['10', '21', '22', '235', '254', '8011', '8019', '8020', '7040'])

/** True for an address with a primary key of GS1, or a word for one, in its path. */
function mayBeLink(uri: string): boolean {
  if (!uri.startsWith('http')) return false
  let start = uri.indexOf('/', 8)
  while (start !== -1) {
    const end = uri.indexOf('/', start + 1)
    if (end === -1) return false
    const length = end - start - 1
    if (length > 1 && length < 6 && primary.has(uri.slice(start + 1, end))) return true
    start = end
  }
  return false
}

/** No identifier of GS1 is as long; what is longer is somebody's own. */
const longestLink = 500

function fromLink(uri: string): string {
  const path = uri.replace(/[?#].*$/s, '').replace(/\/$/, '')
  const segments = path.split('/').slice(3)
  const codes = segments.map((segment) => words.get(segment) ?? segment)
  for (let i = 0; i + 1 < segments.length; i++) {
    const code = at(codes, i)
    const key = keys.get(code)
    if (key?.[0].test(at(segments, i + 1)) !== true) continue
    const rest = new Map<string, string>()
    for (let j = i + 2; j < segments.length; j += 2) rest.set(at(codes, j), at(segments, j + 1))
    const isWhole = (segments.length - i) % 2 === 0
    if (!isWhole || ![...rest.keys()].every((name) => qualifiers.has(name))) continue
    const value = code === '01' ? at(segments, i + 1).padStart(14, '0') : at(segments, i + 1)
    const finest = key[1].find((name) => rest.has(name))
    const fine = finest === undefined ? '' : `/${finest}/${rest.get(finest) ?? ''}`
    return `https://id.gs1.org/${code}/${value}${fine}`
  }
  return uri
}

/**
 * The constrained canonical GS1 Digital Link of an EPC, an EPC class, a pattern or a Digital Link
 * of any domain; whatever is none of these comes back as it is.
 */
export function canonicalUri(uri: string): string {
  if (uri.startsWith('urn:epc:') && uri.length <= longestLink) return fromUrn(uri)
  return uri.length <= longestLink && mayBeLink(uri) ? fromLink(uri) : uri
}
