/** Id of the field of a parameter, so that the palette and links can lead to it. */
export const fieldId = (path: string) => `field-${path}`
