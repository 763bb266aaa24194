/*
 * The floor of the engine in memory: one loop on one core over MoldUDP64 packets of Add Orders. Per packet: header, session and sequence number. Per message: frame,
 * length and type, every field of the order, locate to ticker, the ticker's price line, age, flags and sanity, the strict rule of 1 % in exact integers. For what
 * pays: order's worth, cash, share of the ticker and of the capital, orders in flight, sends a second of all and of the ticker in eight slices, as the engine
 * limits them; then the 50 bytes of the order from a template, and at once its answer, one in ten an execution.
 * Not here, but in the engine: rings, counters, hop times, gaps and a second line, sides of replaced orders, the signals (offer flow, markout, day's move,
 * collar), the price of capital, the record of wins, the order session and its bytes.
 *
 * compile: gcc -O3 -march=x86-64-v3 -o tick_to_order tick_to_order.c
 * usage:   tick_to_order FILE PACKET_BYTES ROUNDS TICKERS CORE     FILE holds packets of equal length
 * prints:  messages, orders, ns_per_message, sum (of all order bytes, 32 bits), a line each
 */
#include "floor.h"
#include <stdalign.h>

enum {
    FAIR_PRICE = 1000000, PRICE_MAX = 2000000000, AGE_MAX_US = 10000000, ORDER_BYTES = 50, MOLD_HEADER = 20, ADD_ORDER = 36, SLICES = 8, IN_FLIGHT_MAX = 4096,
    SENDS_PER_SECOND_MAX = 1000000, OUT_BYTES = 1 << 16, WON_EVERY = 10
};

static const int64_t PPM = 1000000, CASH = 10000000000000, ORDER_NOTIONAL_MAX = 500000000, NS_PER_PACKET = 64000;

struct price_line { alignas(64) int64_t as_of_ns; int32_t price; uint16_t flags; uint32_t near_threshold; };
struct counts { int64_t slice; int32_t sum, in_slice[SLICES]; };
struct ticker { alignas(64) int64_t position, reserved_cash; int32_t in_flight; };

static struct price_line *prices;
static struct ticker *tickers;
static struct counts all_sends, *ticker_sends;
static uint16_t ticker_of[1 << 16];
static uint64_t symbol_of[1 << 16];
static int64_t cash_free, cash_reserved, inventory;
static uint32_t number, orders;
static uint8_t order_template[ORDER_BYTES], out[OUT_BYTES];
static uint32_t out_at, sum;

static void slide(struct counts *c, int64_t slice)
{
    if (slice - c->slice >= SLICES) memset(c->in_slice, 0, sizeof c->in_slice), c->sum = 0, c->slice = slice;
    while (c->slice < slice) {
        int32_t *oldest = &c->in_slice[++c->slice % SLICES];
        c->sum -= *oldest;
        *oldest = 0;
    }
}

static void count(struct counts *c)
{
    c->in_slice[c->slice % SLICES]++;
    c->sum++;
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

__attribute__((noinline)) static void take(uint16_t t, int sells, uint32_t price, uint32_t shares, int32_t fair, int64_t now)
{
    struct ticker *k = &tickers[t];
    int64_t capital = cash_free + cash_reserved + inventory, slice = now / (1000000000 / (SLICES - 1)), quantity = least(shares, ORDER_NOTIONAL_MAX / price);
    if (quantity == 0) return;
    if (sells) {
        if (k->position <= 0) return;
        quantity = least(quantity, k->position);
    } else {
        quantity = least(quantity, cash_free / price);
        quantity = least(quantity, (capital / 20 - k->position * fair - k->reserved_cash) / price);
        quantity = least(quantity, (capital / 100 * 95 - inventory - cash_reserved) / price);
        if (quantity <= 0) return;
    }

    slide(&all_sends, slice);
    slide(&ticker_sends[t], slice);
    if (k->in_flight >= IN_FLIGHT_MAX || all_sends.sum >= SENDS_PER_SECOND_MAX || ticker_sends[t].sum >= SENDS_PER_SECOND_MAX) return;
    count(&all_sends);
    count(&ticker_sends[t]);
    int64_t notional = quantity * price;
    k->in_flight++;
    if (!sells) k->reserved_cash += notional, cash_reserved += notional, cash_free -= notional;

    if (out_at + ORDER_BYTES > OUT_BYTES) out_at = 0;
    uint8_t *order = out + out_at;
    out_at += ORDER_BYTES;
    memcpy(order, order_template, ORDER_BYTES);
    put32(order + 4, ++number);
    order[8] = sells ? 'S' : 'B';
    put32(order + 9, (uint32_t)quantity);
    put64(order + 13, symbol_of[t]);
    put64(order + 21, price);
    for (int i = 0; i < ORDER_BYTES; i++) sum += order[i];

    orders++;
    k->in_flight--;
    if (!sells) k->reserved_cash -= notional, cash_reserved -= notional, cash_free += notional;
    if (orders % WON_EVERY != 0) return;
    int64_t bought = sells ? -quantity : quantity;
    k->position += bought;
    cash_free -= bought * price;
    inventory += bought * fair;
}

static inline void on_add(const uint8_t *m, int64_t now)
{
    uint64_t reference = u64(m + 11);
    uint32_t shares = u32(m + 20), price = u32(m + 32);
    uint16_t t = ticker_of[u16(m + 1)];
    int buyer = m[19] == 'B';
    if (t == UINT16_MAX || (m[19] != 'B' && m[19] != 'S')) return;
    struct price_line *line = &prices[t];
    int64_t age_us = (now - line->as_of_ns) / 1000, fair = line->price, offered = (int64_t)price * PPM, edge = (buyer ? (int64_t)price - fair : fair - (int64_t)price) * PPM;
    line->near_threshold += edge >= -5000 * fair && edge <= 25000 * fair;
    if (line->flags != 0 || age_us > AGE_MAX_US || price - 1 >= PRICE_MAX || (int32_t)shares <= 0) return;
    __asm__ volatile("" : : "r"(reference));
    if (buyer ? offered >= fair * 1010000 : offered <= fair * 990000) take(t, buyer, price, shares, (int32_t)fair, now);
}

int main(int argument_count, char **arguments)
{
    long packet_bytes = argument_count == 6 ? atol(arguments[2]) : 0, rounds = argument_count == 6 ? atol(arguments[3]) : 0, count_of_tickers = argument_count == 6 ? atol(arguments[4]) : 0;
    if (packet_bytes < MOLD_HEADER || rounds < 1 || count_of_tickers < 1 || count_of_tickers > 65000) {
        fprintf(stderr, "usage: tick_to_order FILE PACKET_BYTES ROUNDS TICKERS CORE\n");
        return 2;
    }

    long bytes;
    uint8_t *data = read_file(arguments[1], &bytes);
    long packets = bytes / packet_bytes;
    pin(atoi(arguments[5]));

    prices = aligned_alloc(64, (size_t)count_of_tickers * sizeof *prices);
    tickers = aligned_alloc(64, (size_t)count_of_tickers * sizeof *tickers);
    ticker_sends = calloc((size_t)count_of_tickers, sizeof *ticker_sends);
    memset(tickers, 0, (size_t)count_of_tickers * sizeof *tickers);
    memset(ticker_of, 0xFF, sizeof ticker_of);
    memset(order_template, ' ', sizeof order_template);
    cash_free = CASH;
    for (long i = 0; i < count_of_tickers; i++) {
        prices[i] = (struct price_line){ .as_of_ns = 0, .price = FAIR_PRICE };
        ticker_of[i + 1] = (uint16_t)i;
        symbol_of[i] = (uint64_t)i;
    }

    long messages = 0, warm_up = rounds / 10 + 1;
    uint64_t sequence = 1;
    int64_t now = 1000000, begun = 0;
    for (long round = -warm_up; round < rounds; round++) {
        if (round == 0) begun = now_ns(), messages = 0, orders = 0;
        for (long p = 0; p < packets; p++) {
            uint8_t *packet = data + p * packet_bytes, *end = packet + packet_bytes;
            put64(packet + 10, sequence);
            /* What the receiver does: the session's first eight letters, the number expected, the blocks. */
            uint64_t blocks = u16(packet + 18);
            if (u64(packet) != u64(data) || u64(packet + 10) != sequence) return 1;
            const uint8_t *at = packet + MOLD_HEADER;
            now += NS_PER_PACKET;
            /* Prices stay fresh, as the engine's are. */
            prices[(uint64_t)sequence % (uint64_t)count_of_tickers].as_of_ns = now;
            if ((p & 63) == 0) for (long i = 0; i < 64; i++) prices[(sequence + (uint64_t)i * 61) % (uint64_t)count_of_tickers].as_of_ns = now;
            for (uint64_t i = 0; i < blocks; i++) {
                uint64_t length = u16(at);
                if ((uint64_t)(end - at) < 2 + length) return 1;
                if (at[2] == 'A' && length == ADD_ORDER) on_add(at + 2, now);
                at += 2 + length;
            }

            sequence += blocks;
            messages += (long)blocks;
        }
    }

    int64_t took = now_ns() - begun;
    printf("messages %ld\norders %u\nns_per_message %.4f\nsum %u\n", messages, orders, (double)took / (double)messages, sum);
    return 0;
}
