/* test_fold.c - names without regard to case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fold.h"
#include "fold_table.h"

static void expect(const char *name, const char *folded)
{
    char got[WFS_FOLDED_BYTES];

    wfs_fold(name, got);
    assert_string_equal(got, folded);
    wfs_fold(folded, got);
    assert_string_equal(got, folded);
}

static void letters_of_many_scripts_lose_their_case(void **state)
{
    (void)state;
    expect("", "");
    expect("Take 12 [final].WEBM", "take 12 [final].webm");
    expect("ÄÖÜ ÇŸŽ Ő", "äöü çÿž ő");
    expect("ΑΣΣς", "ασσσ");
    expect("ЖЁ", "жё");
    expect("ẞß", "ßß");
    expect("\u212a\uff21\U00010400", "k\uff41\U00010428");
    expect("日本語 🎤", "日本語 🎤");
}

static void what_is_no_text_never_overruns(void **state)
{
    char name[WFS_NAME_MAX_BYTES + 2];
    char got[WFS_FOLDED_BYTES];

    (void)state;
    for (int c = 1; c < 256; c++) {
        memset(name, c, sizeof name - 1);
        name[sizeof name - 1] = '\0';
        wfs_fold(name, got);
        assert_true(strlen(got) < sizeof got);
    }
}

static void the_longest_name_that_grows_fits(void **state)
{
    char name[WFS_NAME_MAX_BYTES + 1] = "";
    char got[WFS_FOLDED_BYTES];

    (void)state;
    while (strlen(name) + 2 < sizeof name) {
        strcat(name, "\u023a"); /* two bytes that fold to three */
    }
    wfs_fold(name, got);
    assert_int_equal(strlen(got), strlen(name) / 2 * 3);
}

static void the_table_is_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < wfs_fold_run_count; i++) {
        const wfs_fold_run *run = &wfs_fold_runs[i];

        assert_true(run->first <= run->last);
        assert_true(i == 0 || run[-1].last < run->first);
        assert_int_equal((run->last - run->first) % run->step, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_many_scripts_lose_their_case),
        cmocka_unit_test(what_is_no_text_never_overruns),
        cmocka_unit_test(the_longest_name_that_grows_fits),
        cmocka_unit_test(the_table_is_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
