import { Module } from '@nestjs/common';
import { LeadsModule } from '../leads.module.js';
import { AdmitForm } from './admit-form.js';
import { ContactFormResolver } from './contact-form.resolver.js';
import { ContactForms } from './contact-forms.js';
import { FormLimits } from './form-limits.js';
import { FormsController } from './forms.controller.js';
import { SubmitForm } from './submit-form.js';
import { TakeSubmission } from './take-submission.js';

/** The contact forms of a business: made here, sent in from its sites. */
@Module({
  imports: [LeadsModule],
  controllers: [FormsController],
  providers: [AdmitForm, ContactFormResolver, ContactForms, FormLimits, SubmitForm, TakeSubmission],
})
export class FormsModule {}
