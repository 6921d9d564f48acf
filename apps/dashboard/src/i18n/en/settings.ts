/** The settings: what they are called, channels, saved replies. */
const settings = {
  connect: {
    messenger: {
      title: 'Messenger page',
      short: 'Messages to a Facebook page',
      lead: 'You need the id of your page and a page access token with the permission pages_messaging.',
    },
    instagram: {
      title: 'Instagram account',
      short: 'Direct messages, story replies and mentions',
      lead: 'You need the id of your professional account and an access token that may read and send its messages.',
    },
    whatsapp: {
      title: 'WhatsApp number',
      short: 'A number of the WhatsApp Business Platform',
      lead: 'You need the ids of your business account and number, and a token of a system user that may use them.',
    },
    telegram: {
      title: 'Telegram bot',
      short: 'Private chats with a bot of your business',
      lead: 'Open a chat with @BotFather in Telegram, send /newbot and follow its questions; it answers with the token of your bot. For a bot that exists, send /mybots, choose it, then API Token. A bot that answers here should not be used by another service: Telegram sends its messages to one place only.',
    },
    line: {
      title: 'LINE account',
      short: 'Chats with your LINE Official Account',
      lead: 'You need the channel secret and a long-lived channel access token of the Messaging API channel, both from the LINE Developers console. Switch on “Use webhook” there, and automatic replies off.',
      permission:
        'The token and the secret are used to check the connection, to receive messages and to send your replies, and for nothing else.',
    },
    email: {
      title: 'E-mail',
      short: 'A mailbox such as support@, read and answered here',
      lead: 'You need the address and password of the mailbox, and the names of its servers, from your mail provider. Many providers want a password made for apps. Mails stay where they are, unread; your answers are kept among what was sent there.',
      permission:
        'The password is used to read new mails, to send your answers and to keep a copy of them among what was sent, and for nothing else.',
    },
    field: {
      pageId: 'Page id',
      pageAccessToken: 'Page access token',
      accountId: 'Instagram account id',
      accessToken: 'Access token',
      wabaId: 'WhatsApp Business account id',
      phoneNumberId: 'Phone number id',
      botToken: 'Bot token',
      channelAccessToken: 'Channel access token',
      channelSecret: 'Channel secret',
      address: 'E-mail address',
      password: 'Password',
      imapUrl: 'Incoming mail server (IMAP)',
      smtpUrl: 'Outgoing mail server (SMTP)',
      userName: 'User name',
    },
    hint: {
      messenger: {
        pageId: 'Digits, in the page’s “About” section.',
        pageAccessToken: 'It is encrypted, and never shown again.',
      },
      instagram: {
        accountId: 'Digits, as the platform calls the professional account.',
        pageId: 'Only where the account is linked to a Facebook page.',
        accessToken: 'It is encrypted, and never shown again.',
      },
      whatsapp: {
        wabaId: 'In the WhatsApp manager, under account settings.',
        phoneNumberId: 'Not the number itself: its id, in the API set-up.',
        accessToken: 'It is encrypted, and never shown again.',
      },
      telegram: {
        botToken: 'A number, a colon and one long word. It is encrypted, and never shown again.',
      },
      line: {
        channelAccessToken: 'At the end of the page “Messaging API”. It is encrypted, and never shown again.',
        channelSecret: 'Under “Basic settings”: 32 digits and letters. It is encrypted, and never shown again.',
      },
      email: {
        address: 'The address that customers write to.',
        password: 'The mailbox’s own, or the one made for apps. It is encrypted, and never shown again.',
        imapUrl: 'Such as imap.example.com; with a port after a colon where it is not 993.',
        smtpUrl: 'Such as smtp.example.com; with a port after a colon where it is not 465.',
        userName: 'Only where it is not the address.',
      },
    },
    permission:
      'The token is used to check the connection, to receive messages and to send your replies, and for nothing else.',
    acknowledge: 'By connecting you acknowledge the privacy policy in force.',
    policy: 'Privacy policy',
    done: '{{name}} is connected',
    doneText: 'Write to it as a customer would: the message appears in the inbox by itself.',
    now: 'Connect',
    toInbox: 'Go to the inbox',
  },
  replies: {
    lead: 'Write once, use everywhere: type / and the shortcut in a reply.',
    empty: 'No saved replies yet',
    emptyHint: 'Save what you write again and again.',
    add: 'New saved reply',
    edit: 'Edit saved reply',
    shortcut: 'Shortcut',
    shortcutHint: 'One word, for example: hours',
    text: 'Text',
  },
};

export default settings;
