/** An operation to begin with. A test checks each against the schema, and runs those that change nothing. */
export interface Example {
  readonly id: 'list' | 'read' | 'send' | 'subscribe' | 'draft' | 'search';
  readonly query: string;
  readonly variables: string | null;
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** In the order in which somebody new would try them. */
export const examples: readonly [Example, ...Example[]] = [
  {
    id: 'list',
    query: `query ListConversations($first: Int) {
  conversations(first: $first) {
    nodes {
      id
      status
      lastActivityAt
      contact {
        name
      }
      channel {
        kind
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: json({ first: 10 }),
  },
  {
    id: 'read',
    query: `query ReadConversation($id: ID!) {
  conversation(id: $id) {
    id
    status
    messages(first: 20) {
      nodes {
        id
        direction
        text
        status
        sentAt
      }
    }
  }
}
`,
    variables: json({ id: 'the id of a conversation' }),
  },
  {
    id: 'search',
    query: `query SearchMessages($query: String!) {
  searchMessages(query: $query) {
    nodes {
      id
      text
      conversation {
        id
      }
    }
  }
}
`,
    variables: json({ query: 'shipping' }),
  },
  {
    id: 'send',
    query: `mutation SendReply($input: SendMessageInput!) {
  sendMessage(input: $input) {
    id
    status
  }
}
`,
    variables: json({
      input: {
        conversationId: 'the id of a conversation',
        text: 'Thank you for writing to us.',
        idempotencyKey: 'a text of your own, once for each message',
      },
    }),
  },
  {
    id: 'subscribe',
    query: `subscription WatchInbox {
  inboxEvents {
    __typename
    cursor
    at
    ... on MessageAdded {
      message {
        id
        direction
        text
      }
    }
    ... on ConversationChanged {
      conversation {
        id
        status
      }
    }
  }
}
`,
    variables: null,
  },
  {
    id: 'draft',
    query: `subscription ReadAlong($id: ID!) {
  draftText(id: $id) {
    offset
    text
    done
  }
}
`,
    variables: json({ id: 'the id of a draft' }),
  },
];
