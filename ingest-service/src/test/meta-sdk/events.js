// Sends events to the door at INGEST with Meta's SDK as it is published, and tells in JSON what came back.
'use strict';

const sdk = require('facebook-nodejs-business-sdk');

const { CustomData, EventRequest, ServerEvent, UserData } = sdk;

// settings of the SDK that it has no other door for
Object.defineProperty(sdk.FacebookAdsApi, 'GRAPH', { get: () => process.env.INGEST });
Object.defineProperty(sdk.FacebookAdsApi, 'VERSION', { get: () => 'v26.0' });

function purchase(id) {
  return new ServerEvent()
    .setEventName('Purchase')
    .setEventId(id)
    .setEventTime(Math.floor(Date.now() / 1000))
    .setActionSource('website')
    .setOptOut(true)
    .setDataProcessingOptions(['LDU'])
    .setDataProcessingOptionsCountry(1)
    .setDataProcessingOptionsState(1000)
    .setUserData(new UserData().setEmails(['Ada@example.com']).setClientIpAddress('192.0.2.1'))
    .setCustomData(new CustomData().setCurrency('eur').setValue(29.9).setOrderId('o-1'));
}

function send(token, ...events) {
  return new EventRequest(token, '1000000001').setEvents(events).setTestEventCode('TEST7').execute();
}

async function refused(call) {
  try {
    await call();
    return {};
  } catch (error) {
    return { status: error.status, error: error.response };
  }
}

async function main() {
  const id = process.env.EVENT_ID;
  const sent = await send(process.env.WRITE_KEY, purchase(id));
  const told = { received: sent.events_received, trace: sent.fbtrace_id };
  told.incomplete = await refused(
    () => send(process.env.WRITE_KEY, purchase(`${id}-2`).setCustomData(new CustomData().setCurrency('eur'))));
  told.stranger = await refused(() => send('wrong', purchase(`${id}-3`)));
  console.log(JSON.stringify(told));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
