/** A document with three events of two products. */
export const shop = `asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0 }
channels:
  /shop/order-placed:
    description: A customer placed an order.
    publish: { operationId: onOrderPlaced, message: { $ref: '#/components/messages/Order' } }
  /shop/order-paid:
    publish: { operationId: onOrderPaid, message: { $ref: '#/components/messages/Order' } }
  /returns/parcel-received:
    x-event: { product: returns }
    publish: { operationId: onParcelReceived, message: { $ref: '#/components/messages/Parcel' } }
components:
  messages:
    Order: { name: Order, payload: { $ref: '#/components/schemas/Order' } }
    Parcel: { name: Parcel, payload: { type: object, properties: { weight: { type: number } } } }
  schemas:
    Order: { type: object, properties: { id: { type: string } } }
`;

/** The document with another event of the shop. */
export const shopWithRefunds = shop.replace(
  '  /returns/',
  `  /shop/order-refunded:
    publish: { operationId: onOrderRefunded, message: { $ref: '#/components/messages/Order' } }
  /returns/`,
);

const withoutReturns = (text: string) => text.replace(/ {2}\/returns[^]*?(?=^components)/m, '');

/** The document without the product of returned parcels. */
export const shopWithoutReturns = withoutReturns(shop);

/** The document with an event more and a product less. */
export const shopOfOrders = withoutReturns(shopWithRefunds);
