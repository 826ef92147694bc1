export const ExpectedView = (_: { readonly campaign: string }) => null
