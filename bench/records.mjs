/** A document of many alike events: twenty fields each, of every kind that webhooks have. */
export function recordsDocument(events) {
  const channels = {};
  const messages = {};
  const schemas = {};
  for (let index = 0; index < events; index++) {
    const name = `Record${index}`;
    channels[`records/record-${index}-changed`] = {
      publish: { operationId: `on${name}Changed`, message: { $ref: `#/components/messages/${name}` } },
    };
    messages[name] = {
      name,
      contentType: 'application/json',
      payload: { $ref: `#/components/schemas/${name}Payload` },
    };
    schemas[`${name}Payload`] = payload(index);
  }
  return {
    asyncapi: '2.6.0',
    info: { title: 'Records', version: '1.0.0' },
    channels,
    components: { messages, schemas },
  };
}

function payload(index) {
  const properties = {};
  for (let field = 0; field < 20; field++)
    properties[`field_${index % 7}_${field}`] = kinds[(index + field) % kinds.length];
  return { type: 'object', required: Object.keys(properties).slice(0, 5), properties };
}

const kinds = [
  { type: 'string', description: 'What the record is called by those who keep it.' },
  { type: 'integer' },
  { type: 'boolean' },
  { type: ['string', 'null'] },
  { type: 'string', enum: ['open', 'pending', 'resolved', 'closed'] },
  { type: 'array', items: { type: 'string' } },
  { type: 'string', format: 'date-time' },
  {
    type: 'object',
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
    required: ['id'],
  },
];
