/** The pages before the inbox: signing in and up, and what mailed links lead to. */
const entrance = {
  account: {
    signIn: 'Sign in',
    signInLead: 'Every channel your customers write to, in one inbox.',
    signUp: 'Create your account',
    signUpLead: 'You get a workspace of your own; colleagues can join it.',
    signOut: 'Sign out',
    newHere: 'New here?',
    haveAccount: 'Already have an account?',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 10 characters. A password manager is welcome.',
    name: 'Your name',
    workspaceName: 'Name of your business',
    workspaceNameHint: 'Your workspace is called so. You can change it later.',
    accept: 'I accept the terms of service and have read the privacy policy.',
    code: 'Code from your authenticator app',
    codeHint: 'Six digits, or one of your recovery codes.',
    wrongPassword: 'E-mail and password do not fit together.',
    noWorkspace: 'You belong to no workspace',
    noWorkspaceHint: 'Ask a colleague to invite you, or make a workspace of your own.',
  },
  setUp: {
    title: 'Set up Parley',
    lead: 'Parley is one inbox for every channel your customers write to. Nobody has set this server up yet: make your account, and you are its owner.',
    code: 'Set-up code',
    codeHint:
      'The server prints it when it starts, on its console or in its log: four groups of letters and digits. It shows that this server is yours.',
    mailTitle: 'Where mails go',
    mailHere:
      'No mail server is named yet, so mails are written as files, the one that confirms your address among them. Set SMTP_URL to have them sent. You find them here:',
    mailElsewhere:
      'No mail server is named yet, so mails are written as files, the one that confirms your address among them. The console says in which folder; set SMTP_URL to have them sent.',
  },
  passwordAgain: {
    title: 'Your password again',
    text: 'This step could do lasting harm in the wrong hands, so it asks who you are. You stay signed in.',
    goOn: 'Go on',
  },
  link: {
    broken: 'This link is not whole. Open it from the mail once more, or ask for a new one.',
    askAgain: 'You can ask for a new one in your profile.',
    toInbox: 'To the inbox',
    goOn: 'Go on',
  },
  confirmEmail: {
    title: 'Confirm your new address',
    lead: 'From then on you sign in with this address.',
    button: 'Use this address',
    done: 'Your address is changed. The old one was told.',
  },
  forgotten: {
    link: 'Forgotten your password?',
    title: 'Forgotten your password',
    lead: 'Enter your address, and we send you a link with which you choose a new one.',
    button: 'Send me a link',
    sentTitle: 'Look into your mailbox',
    sent: 'If {{email}} has an account here, a link is on its way. It works once, and not for long.',
    remembered: 'Remembered it?',
  },
  reset: {
    title: 'Choose a new password',
    lead: 'You are signed out everywhere else with it.',
    password: 'New password',
    button: 'Save the password',
    doneTitle: 'Your password is changed',
    done: 'Sign in with it from now on. Every other place was signed out.',
    again: 'Link too old?',
  },
  invitation: {
    title: 'You are invited',
    lead: 'A colleague wants you in their workspace. Make your account, and you are in.',
    as: 'You join as {{name}} ({{email}}).',
    join: 'Join the workspace',
    notMe: 'That is not me',
  },
};

export default entrance;
