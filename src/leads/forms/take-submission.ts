import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { type MailLocale, Mails } from '../../platform/mail/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { LeadSource } from '../enums.js';
import { formByKey } from './contact-forms.js';
import { FormLimits } from './form-limits.js';
import { formReceived } from './mails/form-received.mail.js';
import type { Submission } from './read-submission.js';

/**
 * Makes a lead of what somebody sent in, and thanks them by mail. Whether they are known here, were erased or are blocked makes
 * no difference that they could see.
 */
@Injectable()
export class TakeSubmission implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly capture: CaptureLead,
    private readonly limits: FormLimits,
    private readonly mails: Mails,
    private readonly secrets: Secrets,
  ) {}

  onModuleInit(): void {
    this.mails.define(formReceived);
  }

  async run(workspaceId: string, key: string, submission: Submission, locale: MailLocale): Promise<void> {
    const { name, email, company, message } = submission;
    const mayMail = await this.limits.mayMail(email);
    await this.workspaces.run(workspaceId, async (tx) => {
      const form = await formByKey(tx, key);
      if (form === null) throw notFound('The form');
      const day = await tx.first<{ day: string }>(sql`select current_date::text as day`);
      // Sent twice in a row, by a finger or a browser, it is one. On another day the same words are new.
      const words = [form.id, day?.day ?? '', email, name ?? '', company ?? '', message];
      const captured = await this.capture.apply(tx, {
        source: LeadSource.CONTACT_FORM,
        externalId: this.secrets.digest('contact form submission', ...words).toString('hex'),
        formId: form.id,
        details: { name, email, company, message },
        answerOnly: form.answerOnly,
      });
      if (captured.outcome !== 'CAPTURED' || !mayMail) return;
      await this.mails.queue(tx, {
        to: email,
        template: formReceived,
        locale,
        values: { workspace: form.workspace },
        workspaceId,
      });
    });
  }
}
