/** What an assay may be of, beside elements: moisture, loss on ignition, all rare-earth oxides. */
export const otherAnalytes = ['H2O', 'LOI', 'TREO', 'oil'] as const

/** Begins the URI of an analyte: an element, or one of the others. */
export const analyteUri = 'urn:didymium:analyte:'
