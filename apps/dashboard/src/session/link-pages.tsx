import { Route, Switch } from 'wouter';
import { AcceptInvitationPage } from './accept-invitation-page.js';
import { ConfirmEmailPage, ForgottenPasswordPage, ResetPasswordPage, VerifyEmailPage } from './mailed-links.js';

/** The pages that mails lead to, for whoever opens them: signed in, signed out, or as somebody else. */
export default function LinkPages() {
  return (
    <Switch>
      <Route path="/verify-email">
        <VerifyEmailPage />
      </Route>
      <Route path="/confirm-email">
        <ConfirmEmailPage />
      </Route>
      <Route path="/forgot-password">
        <ForgottenPasswordPage />
      </Route>
      <Route path="/reset-password">
        <ResetPasswordPage />
      </Route>
      <Route path="/accept-invitation">
        <AcceptInvitationPage />
      </Route>
    </Switch>
  );
}
