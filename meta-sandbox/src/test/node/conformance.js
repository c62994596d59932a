// Calls the sandbox at SANDBOX with Meta's SDK as it is published, and tells in JSON what came back.
'use strict';

const sdk = require('facebook-nodejs-business-sdk');

const { AdAccount, CustomAudience, ProductCatalog } = sdk;
const { CustomData, EventRequest, ServerEvent, UserData } = sdk;
const TOKEN = 'demo-meta-token';

// settings of the SDK that it has no other door for
Object.defineProperty(sdk.FacebookAdsApi, 'GRAPH', { get: () => process.env.SANDBOX });
Object.defineProperty(sdk.FacebookAdsApi, 'VERSION', { get: () => 'v26.0' });

const api = sdk.FacebookAdsApi.init(TOKEN, 'en_US', false);

function purchase(id, time) {
  return new ServerEvent()
    .setEventName('Purchase')
    .setEventId(id)
    .setEventTime(time)
    .setActionSource('website')
    .setUserData(new UserData().setEmails(['Ada@example.com']))
    .setCustomData(new CustomData().setCurrency('eur').setValue(29.9));
}

function send(token, time) {
  return new EventRequest(token, '1000000001').setEvents([purchase('ord-1', time)]).execute();
}

async function refused(call) {
  try {
    await call();
    return { refused: false };
  } catch (error) {
    return { refused: true, status: error.status, error: error.response };
  }
}

async function all(cursor, field) {
  const found = [];
  let page = cursor;
  for (;;) {
    page.forEach(one => found.push(one[field]));
    if (!page.hasNext()) {
      return found;
    }
    page = await page.next();
  }
}

function members(...hashes) {
  return { payload: { schema: ['EMAIL'], data: hashes.map(hash => [hash]) } };
}

function item(id) {
  return {
    method: 'CREATE',
    data: {
      id, title: 'Trail shirt', description: 'Dries fast', availability: 'in stock', condition: 'new',
      price: '29.90 EUR', link: 'https://shop.example/p/1', image_link: 'https://shop.example/p/1.jpg',
      brand: 'Alder',
    },
  };
}

async function main() {
  const now = Math.floor(Date.now() / 1000);
  const account = new AdAccount('act_2000000002', {}, undefined, api);
  const told = {};

  const sent = await send(TOKEN, now);
  told.events = { received: sent.events_received, trace: sent.fbtrace_id };
  told.stale = await refused(() => send(TOKEN, 1));
  told.stranger = await refused(
    () => new CustomAudience('42', {}, undefined, api).read(['name']));

  for (let i = 0; i < 5; i++) {
    const audience = await account.createCustomAudience([], {
      name: `Audience ${i}`, subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY',
    });
    told.audience = audience.id;
  }
  const audience = new CustomAudience(told.audience, {}, undefined, api);
  told.added = (await audience.createUser([], members('a'.repeat(64), 'b'.repeat(64)))).num_received;
  told.removed = (await audience.deleteUsers(members('a'.repeat(64)))).num_received;
  told.name = (await audience.read(['name'])).name;
  told.audiences = await all(await account.getCustomAudiences(['name'], { limit: 2 }), 'name');

  const catalogue = new ProductCatalog('3000000003', {}, undefined, api);
  const pushed = await catalogue.createItemsBatch([], {
    item_type: 'PRODUCT_ITEM', requests: Array.from({ length: 30 }, (_, i) => item(`S-${i}`)),
  });
  told.handles = pushed.handles.length;
  told.products = await all(await catalogue.getProducts(['retailer_id']), 'retailer_id');

  told.batch = [];
  const note = outcome => () => told.batch.push(outcome);
  const batch = new sdk.FacebookAdsApiBatch(api);
  batch.add('GET', [told.audience], { fields: 'name' }, null, note('done'), note('refused'));
  batch.add('GET', ['42'], { fields: 'name' }, null, note('done'), note('refused'));
  await batch.execute();
  console.log(JSON.stringify(told));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
