/** A channel: how it is connected by consent, how it fares, and how it ends. */
const channels = {
  consent: {
    title: 'Choose what to connect',
    messenger: {
      title: 'With your Facebook sign-in',
      lead: 'You confirm on facebook.com. The Instagram accounts that are linked to your Pages can be connected in the same go.',
      begin: 'Continue with Facebook',
      go: 'Go to facebook.com',
    },
    instagram: {
      title: 'With your Instagram sign-in',
      lead: 'You confirm on instagram.com, with a professional account. Is it linked to a Facebook Page? Then you can connect both in one go under “Messenger page”.',
      begin: 'Continue with Instagram',
      go: 'Go to instagram.com',
    },
    whatsapp: {
      title: 'With WhatsApp’s sign-up',
      lead: 'A window of Meta leads you to your WhatsApp Business account and number, or helps you to open them.',
      begin: 'Continue with WhatsApp',
      go: 'Open the sign-up window',
    },
    byHand: 'With ids and an access token instead',
    askedFor: 'What you will be asked for',
    askedForText:
      'These permissions and no others, each for the one thing beside it. You can refuse each of them there.',
    published: 'The same list as a public page',
    goOnInWindow: 'Go on in the other window. This page continues by itself when you are done there.',
    windowLeft: 'The window was closed before the end, so nothing was connected. Open it again to go on.',
    windowLeftAt: 'The window was closed at the step {{step}}, so nothing was connected. Open it again to go on.',
    windowFailed: 'The platform reports: {{reason}}',
    given: 'given',
    notGiven: 'not given',
    nothing: 'Nothing was connected',
    again: 'Back to the channels, and start again',
    which: 'You granted access to these. Which shall be connected?',
    already: 'connected',
    alreadyText: 'Choosing a connected account again renews its access; history and settings stay.',
    partly_one: '{{count}} permission was not given; what needs it is not offered.',
    partly_other: '{{count}} permissions were not given; what needs them is not offered.',
    connect_one: 'Connect {{count}} account',
    connect_other: 'Connect {{count}} accounts',
    none: 'Connect none',
    unknown: 'This connection is not open any more',
    unknownText:
      'It was begun more than half an hour ago, or in another browser. Nothing was connected by it; start again.',
    completed: 'This connection is finished',
    completedText: 'What was chosen is connected. To connect more, start again.',
    elsewhere: 'It goes on in the other window',
    elsewhereText: 'You can close this one.',
    done_one: '{{count}} account is connected',
    done_other: '{{count}} accounts are connected',
  },
  permission: {
    pages_show_list: 'Lists the Pages that you manage, so that you can choose which to connect.',
    pages_manage_metadata:
      'Switches the delivery of new messages on for the connected Page, and off when you disconnect it.',
    pages_read_engagement: 'Reads the name of the Page and of the Instagram account that is linked to it.',
    pages_messaging: 'Receives what people write to the Page in Messenger, and sends your replies to them.',
    instagram_basic: 'Finds the Instagram professional account that is linked to the Page.',
    instagram_manage_messages: 'Receives what people write to that Instagram account, and sends your replies to them.',
    business_management: 'Lists also those Pages that belong to a business portfolio.',
    instagram_business_basic: 'Reads the id and the name of the Instagram account that signs in.',
    instagram_business_manage_messages:
      'Receives what people write to the Instagram account, and sends your replies to them.',
    whatsapp_business_management:
      'Lists the numbers of the WhatsApp Business account, and switches the delivery of new messages on and off.',
    whatsapp_business_messaging: 'Receives what people write to the connected number, and sends your replies to them.',
  },
  channel: {
    gone: 'This channel is not here',
    goneText: 'It may belong to another workspace, or its history was deleted.',
    forgotten: 'forgotten with the disconnect',
    heard: 'The first message has arrived.',
    open: 'Open the conversation',
    lastInbound: 'Last message {{time}}',
    testReply: 'Answer it from here',
    testHint: 'To try the way back too. The customer gets it, as they do every answer.',
    testNow: 'Send the answer',
    testText: 'Your message has arrived. This is a first answer.',
    testSent: 'Your answer: {{status}}.',
    waiting: 'Waiting for the first message…',
  },
  channelFact: {
    kind: 'Kind',
    number: 'Number',
    verifiedName: 'Verified name',
    username: 'User name',
    account: 'Account at the platform',
    since: 'Connected since',
    until: 'Access until',
  },
  channelTrouble: {
    TOKEN_INVALID: 'The platform no longer accepts the access. Connect the account again.',
    TOKEN_EXPIRED: 'The access has expired. Connect the account again.',
    TOKEN_MISSING: 'The access did not reach the platform. Connect the account again.',
    TOKEN_WITHDRAWN: 'The access was withdrawn at the platform. Connect the account again.',
    APP_REMOVED: 'The app was removed from the account at the platform. Connect the account again.',
    SIGN_IN_TO_CONFIRM:
      'Meta wants the account holder to confirm their sign-in on facebook.com first. Then connect the account again.',
    PASSWORD_CHANGED:
      'The person who connected the account has changed their password, which ended the access. Connect the account again.',
    PERSON_UNCONFIRMED:
      'The person who connected the account has not confirmed their Facebook account yet. Then connect the account again.',
    ROLE_LOST:
      'The person who connected the account has no role on the Page any more. Somebody who has one has to connect it again.',
    BOT_TOKEN_REFUSED:
      'Telegram no longer accepts the bot token. Copy the present one from @BotFather and connect the bot again.',
    BOT_TOKEN_UNKNOWN:
      'Telegram does not know the bot token. Copy the present one from @BotFather and connect the bot again.',
    LINE_TOKEN_REFUSED:
      'LINE no longer accepts the channel access token. Issue a new one in the LINE console and connect again.',
    MAIL_PASSWORD_REFUSED:
      'The mail server no longer accepts the password. Connect the mailbox again with the present one.',
    MAIL_SERVER_SILENT:
      'The mail server has not answered for a while. It is tried again by itself; nothing is lost meanwhile.',
    NUMBER_UNREGISTERED: 'This number is not registered for sending yet. Register it with its six-digit PIN.',
    ACCESS_ENDING: 'The access could not be renewed. Connect the account again before it ends.',
    RELEASE_PENDING:
      'It is disconnected here. The platform could not be reached to end the access there as well; that is tried again for 24 hours.',
    CAME_FROM_ELSEWHERE: 'It came from another deployment of Parley without its access. Connect it again.',
    RELEASE_FAILED:
      'It is disconnected here, and the access was destroyed. The platform could not be told within 24 hours: remove this app in the platform’s own settings.',
    said: 'The platform reports: {{words}}',
  },
  troubleMeans: {
    CONNECTED: 'Messages flow again.',
    EXPIRING: 'Until then everything works as usual. Connecting it again keeps history and settings.',
    EXPIRED:
      'Replies that you write meanwhile are held, and leave by themselves once it is connected again, as long as the platform’s window allows. History and settings stay.',
    ERROR: 'Messages may be late. If it stays, connect it again; history and settings stay.',
    DISCONNECTED:
      'Nothing is received or sent. The history stays readable, and connecting the same account again brings the channel back with it.',
  },
  register: {
    title: 'Register the number',
    lead: 'This number was never used with the WhatsApp Business Platform. Until it is registered, it neither receives nor sends.',
    pin: 'Six-digit PIN',
    pinHint:
      'Of the number’s two-step verification. If it has none, choose one and keep it: WhatsApp asks for it when the number moves. It is not stored here.',
    now: 'Register',
    done: 'The number is registered.',
  },
  disconnect: {
    here: 'From this moment on nothing is received or sent, and our copy of the access is destroyed.',
    atAny: 'At the platform the delivery of messages is switched off and the access is taken back.',
    at: {
      WHATSAPP:
        'At Meta the delivery of messages is switched off and the access is taken back; the number and the account are forgotten here.',
      TELEGRAM: 'Telegram is told to send nothing here any more. The bot itself stays yours.',
      LINE: 'LINE is told to send nothing here any more, as far as it takes that; the account itself stays yours.',
      EMAIL: 'The mailbox is not looked into any more. Mail that lies in it stays there.',
      WEB_CHAT: 'The chat disappears from your site, and its line there does nothing any more.',
    },
    later: 'If the platform cannot be reached it is tried again for 24 hours, and this page says so.',
    deleteHistory: 'Delete the conversations of this channel as well',
    historyStays: 'Conversations so far stay readable.',
    historyGoes: 'They go for good, with their files; there is no way back.',
    withHistory: 'Disconnect and delete the history',
  },
  mailbox: {
    title: 'Mailbox',
    keepsSent: 'Keep copies of answers among what was sent in the mailbox',
    keepsSentHint:
      'So that they are found with another mail program too. Where the provider keeps them by itself there is no second copy.',
  },
  leadAds: {
    title: 'Leads of adverts',
    lead: 'What people fill in under your adverts comes in as leads, with the boxes that they ticked.',
    take: 'Take leads of this Page’s adverts',
    choose: 'Choose forms',
    forms: 'Forms',
    formsHint: 'Of the forms that you choose, and no others. If you choose none, leads of every form come in.',
    noForms: 'This Page has no forms yet.',
    retried: 'They are asked for again',
  },
  leadTrouble: {
    NO_ACCESS_one: 'One lead was not fetched: the channel had no access. It is looked for once it has.',
    NO_ACCESS_other: '{{count}} leads were not fetched: the channel had no access. They are looked for once it has.',
    REFUSED_one:
      'One lead was not fetched: the platform does not let this connection read it. Connect the Page again, and allow leads.',
    REFUSED_other:
      '{{count}} leads were not fetched: the platform does not let this connection read them. Connect the Page again, and allow leads.',
    GONE_one: 'The platform does not have one lead that it told of, or not any more.',
    GONE_other: 'The platform does not have {{count}} leads that it told of, or not any more.',
    UNREACHABLE_one: 'One lead was not fetched: the platform did not give it for days.',
    UNREACHABLE_other: '{{count}} leads were not fetched: the platform did not give them for days.',
  },
  tokenUses: {
    title: 'What the access was used for',
    lead: 'Every use of the token or password that this channel was connected with stands here with its cause, for 90 days. Without a cause it is not used.',
    none: 'It was not used yet.',
    when: 'When',
    purpose: 'What for',
    cause: 'Cause',
    host: 'Shown to',
  },
  tokenPurpose: {
    VERIFY: 'Check the connection',
    PULL: 'Look into the account',
    SEND: 'Send a reply',
    RENEW: 'Renew the access',
    SUBSCRIBE: 'Switch delivery on',
    REVOKE: 'Take the access back',
  },
  cause: {
    formerMember: 'A former member',
    message: 'A reply',
    attachment: 'An attachment',
    contact: 'A customer’s name',
    delivery: 'A message that came in',
    job: 'The clock',
    disconnected: 'The disconnect',
    connected: 'Connected again meanwhile',
  },
};

export default channels;
