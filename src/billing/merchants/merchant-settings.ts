/** How a merchant of record is reached, as the operator gave it. */
export interface MerchantSettings {
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Signs its webhook calls. */
  readonly webhookSecret: string;
  /** The number of the store, where the merchant has stores. */
  readonly storeId: string | null;
}
