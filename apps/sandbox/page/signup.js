// What WhatsApp's sign-up window tells the page that opened it, before it goes back there with the code.
const form = document.querySelector('form[data-opener]');
const numbers = JSON.parse(form?.dataset.numbers ?? '{}');

form?.addEventListener('submit', (event) => {
  const granted = event.submitter?.value === 'grant';
  const waba = form.querySelector('input[name=asset]:checked')?.value;
  const data = granted
    ? { waba_id: waba, phone_number_id: numbers[waba], business_id: '880000000000001' }
    : { current_step: 'BUSINESS_ACCOUNT_SELECTION' };
  const said = { type: 'WA_EMBEDDED_SIGNUP', event: granted ? 'FINISH' : 'CANCEL', data };
  globalThis.opener?.postMessage(JSON.stringify(said), form.dataset.opener);
});
