/** `-0123456789` raised, in this order. */
const raised = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A tick of a log axis: 10⁻³. */
export function powerOfTen(value: number): string {
  return `10${`${Math.round(Math.log10(value))}`.replaceAll(/[-\d]/g, (sign) =>
    raised.charAt('-0123456789'.indexOf(sign)),
  )}`
}
