import { z } from '@hono/zod-openapi'
import { roles } from '../../../ledger/index.ts'
import { passwordLength } from '../../ledger/password.ts'
import { roleSchema, whoSchema } from '../ledger/schemas.ts'

const time = z.number().openapi({ description: 'milliseconds since 1970' })

export const accountName = z
  .string()
  .regex(/^[a-z0-9._@-]{3,64}$/, '3 to 64 of a-z, 0-9, dot, dash, underscore, @')

const password = z
  .string()
  .min(passwordLength.least)
  .max(passwordLength.most)
  .openapi({ description: `at least ${passwordLength.least} characters, any` })

export const accountSchema = z
  .object({
    name: z.string(),
    fullName: z.string(),
    role: roleSchema,
    isActive: z.boolean(),
    createdAt: time,
  })
  .openapi('Account')

export const accountListSchema = z
  .object({ accounts: z.array(accountSchema) })
  .openapi('AccountList')

export const newAccountSchema = z
  .strictObject({
    name: accountName,
    fullName: z.string().min(1).max(200),
    role: z.enum(roles),
    password,
  })
  .openapi('NewAccount')

export const changedAccountSchema = z
  .strictObject({
    fullName: z.string().min(1).max(200).optional(),
    role: z.enum(roles).optional(),
    isActive: z.boolean().optional(),
    password: password.optional(),
    oldPassword: z.string().max(passwordLength.most).optional().openapi({
      description: 'one changes the own password with the old one',
    }),
  })
  .openapi('ChangedAccount')

/** What a page asks first: who I am, and whether there is anything to sign in to. */
export const signInStateSchema = z
  .object({
    me: whoSchema.nullable().openapi({ description: 'null: nobody has signed in' }),
    isOpen: z.boolean().openapi({ description: 'whoever is at this machine may do all' }),
    hasAccounts: z.boolean(),
  })
  .openapi('SignInState')

export const signInSchema = z
  .strictObject({
    name: z.string().max(64),
    password: z.string().max(passwordLength.most),
  })
  .openapi('SignIn')

export const tokenSchema = z
  .object({
    id: z.string().openapi({ description: 'revokes it; not the secret' }),
    account: z.string(),
    label: z.string(),
    role: roleSchema,
    createdAt: time,
    expiresAt: time,
  })
  .openapi('ApiToken')

export const tokenListSchema = z.object({ tokens: z.array(tokenSchema) }).openapi('ApiTokenList')

export const newTokenSchema = z
  .strictObject({
    label: z.string().min(1).max(200).openapi({ description: 'what it is for' }),
    role: z.enum(roles).optional().openapi({ description: 'left out: that of the account' }),
    account: accountName.optional().openapi({ description: 'left out: my own' }),
    days: z.int().min(1).max(730).default(90).openapi({ description: 'until it expires' }),
  })
  .openapi('NewApiToken')

export const madeTokenSchema = tokenSchema
  .extend({ secret: z.string().openapi({ description: 'said once; kept as a hash' }) })
  .openapi('MadeApiToken')

export const auditSchema = z
  .object({
    entries: z.array(
      z.object({
        time,
        account: z.string(),
        role: roleSchema,
        action: z.string(),
        subject: z.string(),
        outcome: z.string(),
        detail: z.string(),
      }),
    ),
    before: time.nullable().openapi({ description: 'ask with it for older ones; null: no more' }),
  })
  .openapi('AuditPage')
