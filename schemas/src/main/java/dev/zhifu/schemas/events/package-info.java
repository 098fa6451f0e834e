/**
 * What every module must do alike with messages: ids ({@link dev.zhifu.schemas.events.EventIds}),
 * the check of what comes in ({@link dev.zhifu.schemas.events.IngressValidator}), the wrapping of
 * an event for enrichment ({@link dev.zhifu.schemas.events.EnrichedEvents}) and short ways to its
 * parties ({@link dev.zhifu.schemas.events.Events}).
 */
package dev.zhifu.schemas.events;
