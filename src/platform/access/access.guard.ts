import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { DomainError, ErrorCode } from '../errors/index.js';
import { type Actor, Authenticator } from './actor.js';
import { type AccessRule, accessRuleKey } from './allow.js';
import { RequestContext } from './request-context.js';

/** The context of the running operation, wherever it came in. */
export function contextOf(execution: ExecutionContext): RequestContext {
  const context: unknown =
    execution.getType<string>() === 'graphql'
      ? GqlExecutionContext.create(execution).getContext()
      : (execution.switchToHttp().getRequest<{ context?: unknown }>().context ?? null);
  if (context instanceof RequestContext) return context;
  throw new Error('A request arrived without its context.');
}

/** Decides access to every operation and route. A guard, because middleware has been bypassed by tricks with paths. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(accessRuleKey, execution.getHandler());
    if (rule === undefined) throw new Error(`${execution.getHandler().name} says nothing about access.`);
    const context = contextOf(execution);
    if (isMutation(execution)) context.loaders.clear();
    if (rule.kind === 'public') {
      context.actor = await this.whoeverCalls(context);
      note(context);
      return true;
    }
    const { credentials } = context;
    const isAnywhere = rule.kind === 'signed-in' && rule.anywhere === true;
    context.actor = await this.authenticator.authenticate(
      isAnywhere ? { ...credentials, workspaceId: null } : credentials,
    );
    note(context);
    authorize(context.actor, rule);
    return true;
  }

  /**
   * The caller of a public operation, of which some say more to a person who is signed in. The same actor as for the other
   * operations of the document, which share the context; but a stale cookie or workspace must keep nobody from signing in.
   */
  private async whoeverCalls({ credentials }: RequestContext): Promise<Actor | null> {
    if (credentials.session === null && credentials.token === null) return null;
    for (const workspaceId of new Set([credentials.workspaceId, null])) {
      try {
        return await this.authenticator.authenticate({ ...credentials, workspaceId });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === ErrorCode.UNAVAILABLE) throw error;
      }
    }
    return null;
  }
}

function note({ actor, noted }: RequestContext): void {
  noted.userId = actor === null ? null : actor.userId;
}

/** Refuses an actor whom the rule does not let in. */
export function authorize(actor: Actor | null, rule: AccessRule): void {
  if (rule.kind === 'public') return;
  if (actor === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'Sign in first, or send a valid API token.');
  if (rule.kind === 'signed-in') {
    if (actor.kind === 'member' && actor.user === null) {
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        'This is for a signed-in person; an API token acts in its workspace only.',
      );
    }
    return;
  }
  if (actor.kind !== 'member') {
    throw new DomainError(
      ErrorCode.BAD_USER_INPUT,
      'Say which workspace is meant: send its id in the header x-workspace-id.',
      {
        field: 'x-workspace-id',
      },
    );
  }
  if (!actor.permissions.has(rule.permission)) {
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      `Your role (${actor.role.toLowerCase()}) does not allow this. Ask an owner or admin of the workspace.`,
    );
  }
}

// The mutations of one document run one after the other, and what was loaded for one may be changed by the next.
function isMutation(execution: ExecutionContext): boolean {
  if (execution.getType<string>() !== 'graphql') return false;
  const info = GqlExecutionContext.create(execution).getInfo<{ operation?: { operation?: string } } | undefined>();
  return info?.operation?.operation === 'mutation';
}
