import { eventually } from '../support/client.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { Walk } from './walk.js';

/** A contact form is made and sent in, and a system of the business is told of it: each step stands on those before it. */
describe('contact forms and webhooks in the settings', () => {
  let receiver: LoopbackServer;
  let status = 500;
  const taken: string[] = [];
  beforeAll(async () => {
    receiver = await LoopbackServer.start((request, response) => {
      request.resume().on('end', () => {
        taken.push(String(request.headers['webhook-id']));
        response.writeHead(status).end();
      });
    });
  });
  const walk = Walk.of(
    () => Promise.resolve(),
    () => ({ environment: { AI_ALLOWED_HOSTS: '127.0.0.1' } }),
  );
  afterAll(() => receiver.stop());

  walk.step('a form is made for a site that is one, and its HTML sends a message in', async () => {
    await walk.pages.settings('Contact forms');
    await walk.main.getByText('No contact forms').waitFor();
    await walk.main.getByLabel('Name', { exact: true }).fill('Contact');
    await walk.main.getByLabel('Sites on which it stands').fill('not a site');
    await walk.main.locator('form').getByRole('button', { name: 'Make a form' }).click();
    await walk.main.getByText('is not the domain of a site').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.main.getByLabel('Sites on which it stands').fill('shop.example, *.shop.example');
    expect(await walk.main.getByLabel('Use what comes only to answer').isChecked()).toBe(true);
    await walk.main.getByLabel('Use what comes only to answer').uncheck();
    await walk.main.locator('form').getByRole('button', { name: 'Make a form' }).click();
    await walk.item('Contact').getByText('shop.example, *.shop.example').waitFor();
    // What it is made for stands open.
    const html = await walk.main.getByLabel('Put this into your page').inputValue();
    expect(await walk.pages.violations()).toEqual([]);
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
    const sent = await fetch(action.replace(/^https?:\/\/[^/]+/, walk.app.url), {
      method: 'POST',
      headers: { origin: 'https://www.shop.example' },
      body: new URLSearchParams({ email: 'grace@example.org', message: 'Hello' }),
      redirect: 'manual',
    });
    expect(sent.status).toBe(303);
    const { rows } = await walk.sql.query('select email, answer_only from leads');
    expect(rows).toEqual([{ email: 'grace@example.org', answer_only: false }]);
  });

  walk.step('a system is named, and its secret is shown once', async () => {
    await walk.pages.settings('Webhooks');
    await walk.main.getByText('No system is told').waitFor();
    await walk.main.getByLabel('Address').fill('https://localhost/');
    await walk.main.locator('form').getByRole('button', { name: 'Name a system' }).click();
    await walk.main.getByText('not an address of the public internet').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.main.getByLabel('Address').fill(`${receiver.url}/hook`);
    await walk.main.getByLabel('A new lead').check();
    await walk.main.locator('form').getByRole('button', { name: 'Name a system' }).click();
    await walk.dialog.getByText('it cannot be shown again').waitFor();
    const secret = await walk.dialog.getByLabel('The secret').inputValue();
    expect(secret).toMatch(/^whsec_/);
    expect(await walk.pages.violations()).toEqual([]);
    await walk.page.keyboard.press('Escape');
    await walk.item('/hook').getByText('is told', { exact: true }).waitFor();
    expect(await walk.page.content()).not.toContain(secret);
    await walk.item('/hook').getByRole('button', { name: 'Change the secret' }).click();
    await walk.dialog.getByText('signed with both').waitFor();
    await walk.dialog.getByRole('button', { name: 'Change the secret' }).click();
    await walk.dialog.getByText('it cannot be shown again').waitFor();
    const next = await walk.dialog.getByLabel('The secret').inputValue();
    expect([next.startsWith('whsec_'), next === secret]).toEqual([true, false]);
    await walk.page.keyboard.press('Escape');
  });

  walk.step('what did not arrive is seen with its reason, and sent again by hand', async () => {
    const { rows } = await walk.sql.query<{ public_key: string }>('select public_key from contact_forms');
    await fetch(`${walk.app.url}/forms/v1/${rows[0]?.public_key ?? ''}`, {
      method: 'POST',
      headers: { origin: 'https://shop.example', 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'marie@example.org', message: 'Hello' }),
    });
    await eventually(() => Promise.resolve(taken.length > 0 ? true : null));
    await walk.main.getByText('The last calls').click();
    await walk.item('/hook').getByText('waits', { exact: true }).waitFor();
    await walk.item('/hook').getByText('it refused').waitFor();
    await walk.sql.query(
      `update webhook_deliveries set status = 'FAILED', next_attempt_at = null, response_status = 500, attempts = 11`,
    );
    // It is looked at again while something waits.
    await walk.item('/hook').getByText('failed', { exact: true }).waitFor();
    await walk.item('/hook').getByText('tried 11 times').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    status = 204;
    await walk.main.getByRole('button', { name: /Send the call of .* again/ }).click();
    await walk.item('/hook').getByText('arrived', { exact: true }).waitFor();
    expect(taken.length).toBeGreaterThan(1);
    expect(new Set(taken).size).toBe(1);
  });

  walk.step('more calls than one page are shown page by page', async () => {
    await walk.sql.query(
      `insert into webhook_deliveries (workspace_id, id, endpoint_id, event, status, next_attempt_at)
       select workspace_id, gen_random_uuid(), id, 'lead.created', 'CANCELED', null
         from webhook_endpoints, generate_series(1, 30)`,
    );
    await walk.page.reload();
    await walk.main.getByText('The last calls').click();
    const rows = walk.item('/hook').getByRole('row').filter({ hasText: 'A new lead' });
    await rows.nth(19).waitFor();
    expect(await rows.count()).toBe(20);
    await walk.button('Show more').click();
    await rows.nth(30).waitFor();
    expect(await rows.count()).toBe(31);
    expect(await walk.button('Show more').count()).toBe(0);
  });

  walk.step('it is switched off and removed, and so is the form', async () => {
    await walk.item('/hook').getByRole('button', { name: 'Stop telling it' }).click();
    await walk.item('/hook').getByText('Somebody switched it off.').waitFor();
    await walk.item('/hook').getByRole('button', { name: 'Remove' }).click();
    await walk.dialog.getByText('It is told nothing more').waitFor();
    await walk.dialog.getByRole('button', { name: 'Remove' }).click();
    await walk.main.getByText('No system is told').waitFor();
    await walk.pages.settings('Contact forms');
    await walk.item('Contact').getByRole('button', { name: 'Remove' }).click();
    await walk.dialog.getByText('Leads that came by it stay.').waitFor();
    await walk.dialog.getByRole('button', { name: 'Remove' }).click();
    await walk.main.getByText('No contact forms').waitFor();
    expect((await walk.sql.query('select from leads')).rowCount).toBe(2);
  });
});
