// Sends with SDKs as they are published and tells what they sent, as JSON.
const { Analytics } = require('@segment/analytics-node')
const RudderAnalytics = require('@rudderstack/rudder-sdk-node')

const ingest = process.env.INGEST
const writeKey = process.env.WRITE_KEY
const at = new Date(process.env.AT)
const order = {
  order_id: 'o-1', total: 59.8, currency: 'EUR',
  products: [{ product_id: 'shirt-1', price: 29.9, quantity: 2 }]
}

async function segment () {
  const analytics = new Analytics({ writeKey, host: ingest, flushAt: 3 })
  const failed = []
  analytics.on('error', error => failed.push(String(error.reason ?? error.code)))
  const sent = (call, message) => new Promise((resolve, reject) =>
    analytics[call](message, (error, context) => error ? reject(error) : resolve(context.event.messageId)))
  const ids = await Promise.all([
    sent('identify', { userId: 'node-user', traits: { email: 'node@shop.example' } }),
    sent('track', { userId: 'node-user', event: 'Order Completed', properties: order, timestamp: at }),
    sent('page', { anonymousId: 'node-anon', name: 'Home', properties: { url: 'https://shop.example/' } }),
    sent('screen', { anonymousId: 'node-anon', name: 'Start' }),
    sent('group', { userId: 'node-user', groupId: 'g-1' }),
    sent('alias', { userId: 'node-user', previousId: 'node-anon' })
  ])
  await analytics.closeAndFlush()
  return { ids, failed }
}

async function rudderstack () {
  const client = new RudderAnalytics(writeKey, { dataPlaneUrl: ingest, flushAt: 20, logLevel: 'silent' })
  const id = process.env.RUDDER_ID
  client.identify({ userId: 'rudder-user', traits: { email: 'rudder@shop.example' }, messageId: id + '-i' })
  client.track({ userId: 'rudder-user', event: 'Order Completed', properties: order, originalTimestamp: at, timestamp: at, messageId: id + '-t' })
  client.page({ userId: 'rudder-user', name: 'Home', messageId: id + '-p' })
  client.alias({ userId: 'rudder-user', previousId: 'rudder-anon', messageId: id + '-a' })
  await client.flush()
}

Promise.all([segment(), rudderstack()])
  .then(([told]) => process.stdout.write(JSON.stringify(told), () => process.exit(0)))
  .catch(error => { console.error(error); process.exit(1) })
