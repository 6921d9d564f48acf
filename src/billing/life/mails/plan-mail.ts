import type { MailKit, MailLocale, MailTemplate, MailText } from '../../../platform/mail/index.js';

/** What mails about a plan are filled with. */
export interface PlanMailValues extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly workspace: string;
  readonly workspaceId: string;
  /** The plan by its name. */
  readonly plan: string;
  /** The plan that costs nothing and comes afterwards; empty where there is none. */
  readonly free: string;
  /** The day that it is about, as 2026-12-23; empty where it is about none. */
  readonly day: string;
  /** What is used, a line each: metric, number and limit with blanks between. */
  readonly usage: string;
}

/** The same, as it may stand in a text. */
export interface PlanWords {
  readonly plan: string;
  readonly free: string;
  readonly day: string;
  readonly usage: readonly { readonly metric: string; readonly used: string; readonly limit: string }[];
}

/** The texts of one mail, without what all of them say. */
export type PlanTexts = Readonly<
  Record<MailLocale, (words: PlanWords) => { readonly subject: string; readonly says: readonly string[] }>
>;

const common = {
  en: {
    hello: (name: string, workspace: string) => `Hello ${name}, this is about your workspace ${workspace}.`,
    open: 'Open billing',
    policy: 'Cancelling and refunds',
    why: 'You get this because you are an owner of the workspace.',
  },
  tr: {
    hello: (name: string, workspace: string) => `Merhaba ${name}, bu ileti ${workspace} çalışma alanınızla ilgili.`,
    open: 'Faturalandırmayı aç',
    policy: 'İptal ve iade koşulları',
    why: 'Çalışma alanının sahibi olduğunuz için bu e-postayı alıyorsunuz.',
  },
} as const;

/** A mail about a plan: what happened, what goes on and what stops, where to act, and the policy of refunds. */
export function planMail(name: string, texts: PlanTexts): MailTemplate<PlanMailValues> {
  return {
    name,
    hours: 72,
    texts: {
      en: (values, kit) => textOf(values, kit, 'en', texts),
      tr: (values, kit) => textOf(values, kit, 'tr', texts),
    },
  };
}

function textOf(values: PlanMailValues, kit: MailKit, locale: MailLocale, texts: PlanTexts): MailText {
  const said = common[locale];
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale);
  const usage = values.usage
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [metric = '', used = '0', limit = '0'] = line.split(' ');
      return { metric, used: numbers.format(Number(used)), limit: numbers.format(Number(limit)) };
    });
  const { subject, says } = texts[locale]({
    plan: kit.named(values.plan),
    free: values.free === '' ? '' : kit.named(values.free),
    day: values.day === '' ? '' : days.format(new Date(`${values.day}T00:00:00Z`)),
    usage,
  });
  return {
    subject: `${subject} · ${kit.named(values.workspace)}`,
    parts: [
      said.hello(kit.named(values.name), kit.named(values.workspace)),
      ...says,
      { label: said.open, url: kit.publicLink(`/w/${values.workspaceId}/settings/billing`) },
      { note: `${said.policy}: ${kit.publicLink('/policies/refund', { lang: locale })}` },
      { note: said.why },
    ],
  };
}
