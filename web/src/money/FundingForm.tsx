import '../circuit/parts/parts.css'
import { ChoiceField, TextField } from '../workbench/Field.tsx'
import type { FundingWish } from './funding-wish.ts'

interface FormProps {
  readonly wish: FundingWish
  readonly currency: string
  readonly onChange: (next: Partial<FundingWish>) => void
}

/** What is sought, the floors that are kept, and the terms of the grant and the loan. */
export function FundingForm({ wish, currency, onChange }: FormProps) {
  return (
    <div className="parts-fields">
      <ChoiceField
        label="Seek"
        value={wish.seek}
        options={[
          ['most-debt', 'the most debt'],
          ['least-grant', 'the least grant'],
        ]}
        onChange={(seek) => onChange({ seek: seek as FundingWish['seek'] })}
      />
      <TextField
        label="Return on equity at least, % a year"
        value={wish.equityIrr}
        onChange={(equityIrr) => onChange({ equityIrr })}
      />
      <TextField
        label="Service cover (DSCR) at least"
        value={wish.dscr}
        onChange={(dscr) => onChange({ dscr })}
      />
      <TextField
        label={`${wish.seek === 'least-grant' ? 'Grant at most' : 'Grant'}, M${currency}`}
        value={wish.grant}
        onChange={(grant) => onChange({ grant })}
      />
      <TextField
        label="Debt at most, % of fixed capital"
        value={wish.mostDebt}
        placeholder="100"
        onChange={(mostDebt) => onChange({ mostDebt })}
      />
      <TextField
        label="Interest of the loan, % a year"
        value={wish.rate}
        onChange={(rate) => onChange({ rate })}
      />
      <TextField
        label="Term from operation, years"
        value={wish.term}
        onChange={(term) => onChange({ term })}
      />
      <ChoiceField
        label="Repaid"
        value={wish.repayment}
        options={[
          ['annuity', 'in equal payments'],
          ['level-principal', 'in equal principal'],
          ['sculpted', 'as the cash allows'],
        ]}
        onChange={(repayment) => onChange({ repayment: repayment as FundingWish['repayment'] })}
      />
    </div>
  )
}
