import { useMay } from '../info.ts'
import { Block } from '../../ui/Area.tsx'
import { AccountTable, NewAccount } from './AccountTable.tsx'
import { Audit } from './Audit.tsx'
import { Password } from './Password.tsx'
import { Tokens } from './Tokens.tsx'

/** Who may come in and what as, what programs come in with, and who did what. */
export function Accounts() {
  const [mayAccounts, mayAudit] = [useMay('accounts'), useMay('audit')]
  return (
    <>
      {mayAccounts ? (
        <>
          <Block title="Accounts">
            <AccountTable />
          </Block>
          <Block title="Add an account">
            <NewAccount />
          </Block>
        </>
      ) : (
        <p>Accounts and the audit are kept by an administrator. Below is what is yours.</p>
      )}
      <Block title="Tokens of programs">
        <Tokens />
      </Block>
      <Password />
      {mayAudit ? (
        <Block title="Who did what">
          <Audit />
        </Block>
      ) : null}
    </>
  )
}
