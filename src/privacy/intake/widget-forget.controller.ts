import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { VisitorDoor } from '../../conversations/index.js';
import { Public } from '../../platform/access/index.js';
import { PublicLinks } from '../../platform/mail/index.js';
import { ForgetVisitor } from './forget-visitor.js';

/** What a visitor is told: whether it is gone, and where they can see so, with the receipt, without their session. */
interface Forgotten {
  /** False while a legal hold keeps what they wrote. */
  readonly forgotten: boolean;
  readonly confirmation_code: string;
  readonly statusUrl: string;
}

/** `POST /widget/v1/forget`: the visitor of a chat asks to be erased. */
@Controller('widget/v1/forget')
export class WidgetForgetController {
  constructor(
    private readonly door: VisitorDoor,
    private readonly forgetting: ForgetVisitor,
    private readonly links: PublicLinks,
  ) {}

  @Post()
  @HttpCode(200)
  @Public("the visitor's token is the permission")
  async forget(@Req() request: FastifyRequest): Promise<Forgotten> {
    const { present } = await this.door.admit(request, 'signal');
    const { request: asked, forgotten } = await this.forgetting.run(present);
    return {
      forgotten,
      confirmation_code: asked.code,
      statusUrl: this.links.publicLink(`/privacy/requests/${asked.code}`),
    };
  }
}
