import { expect, test } from 'vitest';
import { isFieldName } from '../../src/infer/field-name.js';

test.each([
  'ticket_id',
  'ticket_cf_plant',
  'ri_1_cf_os',
  'ticketSatisfactionSurveyURL',
  'orgActorId',
  'Device Type',
  'größe',
  'xml:lang',
  'ticket.id',
  'address_line_2',
  'sha256',
  'cf_a_b_c_1',
  'isOKToCall',
  '$ref',
])('%s is the name of a field', (key) => {
  expect(isFieldName(key)).toBe(true);
});

test.each([
  'jane@example.com',
  '12345678',
  'id 555 0123',
  'INC-12345',
  'GB29 NWBK 6016 1331 9268 19',
  '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  'deadbeefcafe',
  'a94a8fe5ccb19ba61c4c0873d391e987',
  'sk_live_abcDEFghiJKL',
  'cus_NffrFeUfNV2Hib',
  'V1StGXR8_Z5jdHi6B-myT',
  'eyJhbGciOiJIUzI',
  'fe80::1ff:fe23:4567:890a',
  'ab:cd:ef:12:34:56',
  'mail.jane-doe-private.example',
  'https://example.com/a',
  'tel:555-01-23',
  'user:jane.doe',
  'Main St. 5',
  '+49 30 1234',
  ' a',
  '',
  '__proto__',
  'x'.repeat(65),
])('%s is data', (key) => {
  expect(isFieldName(key)).toBe(false);
});
