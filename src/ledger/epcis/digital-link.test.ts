import { describe, expect, it } from 'vitest'
import { canonicalUri } from './digital-link.ts'

describe('the canonical URI', () => {
  it.each([
    // Pairs of the reference vectors of the event hash, one of each kind.
    ['urn:epc:id:sgtin:0614141.107346.2017', '01/10614141073464/21/2017'],
    ['urn:epc:id:sgln:0614141.07346.1234', '414/0614141073467/254/1234'],
    ['urn:epc:id:sscc:4012345.1112223334', '00/140123451122233341'],
    ['urn:epc:idpat:sgtin:4012345.044444.*', '01/04012345444445'],
    ['https://id.gs1.de/01/04012345999990/21/XYZ-1234', '01/04012345999990/21/XYZ-1234'],
    ['https://example.com/gtin/09780345418913/21/765tz?abc=211121', '01/09780345418913/21/765tz'],
    ['https://id.example.com/8003/040123450007718765', '8003/040123450007718765'],
    // The finest qualifier alone; a path before the key; a short GTIN filled up.
    ['https://x.example/a/01/09780345418913/22/2A/10/L1/21/S1', '01/09780345418913/21/S1'],
    ['https://x.example/01/9780345418913/10/L1/', '01/09780345418913/10/L1'],
    ['urn:epc:id:sgcn:4012345.67890.04711', '255/401234567890104711'],
  ])('of %s', (uri, path) => expect(canonicalUri(uri)).toBe(`https://id.gs1.org/${path}`))

  it.each([
    'https://recycler.example/id/lot/F-2026-0001',
    'https://recycler.example/id/party/acme',
    'https://recycler.example/01/2026/21/x',
    'https://recycler.example/01/09780345418913/colour/red',
    'https://recycler.example/01/09780345418913/21',
    'https://recycler.example/01/constructor/constructor/01',
    'http://transaction.acme.com/po/12345678',
    'urn:epcglobal:cbv:bt:4012345000009:ASN1099',
    'urn:epc:id:sgtin:0614141',
    'urn:epc:id:sgtin:A614141.107346.1',
    'urn:epc:id:sgtin:0614141.A07346.1',
    'urn:epc:idpat:sgtin:0614141.*.*',
    'urn:epc:id:constructor:1.2.3',
    'urn:epc:id:gid:1.2.3',
    'geo:50.947573340894124,6.922120147375441',
    'did:web:recycler.example:lot:1',
    '_:event1',
    '',
  ])('of %j is as it is', (uri) => expect(canonicalUri(uri)).toBe(uri))

  it('is its own', () => {
    const one = canonicalUri('urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234')
    expect(one).toBe('https://id.gs1.org/8010/061414111111111111111-A%23%2F/8011/1234')
    expect(canonicalUri(one)).toBe(one)
  })
})
