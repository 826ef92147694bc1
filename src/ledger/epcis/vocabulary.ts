/** The words of CBV 2.0, and their one full spelling. */

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** One vocabulary: its words, and what stands before each in its URI and in its older URN. */
export interface Vocabulary {
  readonly name: string
  readonly words: ReadonlySet<string>
  /** What further words look like, where the list is not closed. */
  readonly form?: RegExp
  readonly uri: string
  /** Left out: it never had one. */
  readonly urn?: string
}

const cbv = 'https://ref.gs1.org/cbv/'
const voc = 'https://gs1.org/voc/'

export const bizSteps: Vocabulary = {
  name: 'business step',
  words: list(
    `accepting arriving assembling collecting commissioning consigning creating_class_instance
    cycle_counting decommissioning departing destroying disassembling dispensing encoding
    entering_exiting holding inspecting installing killing loading other packing picking receiving
    removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting
    shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
    void_shipping`,
  ),
  uri: `${cbv}BizStep-`,
  urn: 'urn:epcglobal:cbv:bizstep:',
}

export const dispositions: Vocabulary = {
  name: 'disposition',
  words: list(
    `active available completeness_inferred completeness_verified conformant container_closed
    container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit
    inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement
    no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved
    retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown`,
  ),
  uri: `${cbv}Disp-`,
  urn: 'urn:epcglobal:cbv:disp:',
}

export const bizTransactionTypes: Vocabulary = {
  name: 'type of business transaction',
  words: list('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'),
  uri: `${cbv}BTT-`,
  urn: 'urn:epcglobal:cbv:btt:',
}

export const partyTypes: Vocabulary = {
  name: 'type of source or destination',
  words: list('owning_party possessing_party location'),
  uri: `${cbv}SDT-`,
  urn: 'urn:epcglobal:cbv:sdt:',
}

export const errorReasons: Vocabulary = {
  name: 'reason of an error',
  words: list('did_not_occur incorrect_data'),
  uri: `${cbv}ER-`,
  urn: 'urn:epcglobal:cbv:er:',
}

/** GS1's list of measurements grows with its web vocabulary: any word in its form is believed. */
export const measurementTypes: Vocabulary = {
  name: 'type of measurement',
  words: list('Mass Temperature DimensionlessConcentration Dimensionless'),
  form: /^[A-Z][A-Za-z]+$/,
  uri: voc,
}

export const alertTypes: Vocabulary = {
  name: 'exception of a sensor',
  words: list('ALARM_CONDITION ERROR_CONDITION'),
  uri: voc,
}

export const components: Vocabulary = {
  name: 'component',
  words: list(
    `x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting
    northing latitude longitude altitude geocoordinate`,
  ),
  uri: `${cbv}Comp-`,
}

/**
 * The one spelling of a word: its URI for a bare word, a URN of older versions, or a prefix that
 * is declared; other texts as they are.
 */
export function fullWord(
  word: string,
  vocabulary: Vocabulary,
  namespaces: ReadonlyMap<string, string>,
): string {
  const colon = word.indexOf(':')
  if (colon === -1) return vocabulary.uri + word
  const { urn } = vocabulary
  if (urn !== undefined && word.startsWith(urn)) return vocabulary.uri + word.slice(urn.length)
  if (word.startsWith('//', colon + 1)) return word
  const namespace = namespaces.get(word.slice(0, colon))
  return namespace === undefined ? word : namespace + word.slice(colon + 1)
}
