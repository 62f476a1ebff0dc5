/* record STORE < FILE: keeps audio as recording take-1, then lists them all */
#include <stdio.h>
#include <wfstore/wfstore.h>

static wfs_status send_input(wfs_store *store, wfs_error *error)
{
    char bytes[65536];
    wfs_chunk *chunk = NULL;
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    spec.id = "take-1", spec.total_chunks = 1;
    wfs_status status = wfs_upload_begin_chunk(store, &spec, &chunk, error);
    for (size_t n; !status && (n = fread(bytes, 1, sizeof bytes, stdin)) > 0;)
        status = wfs_chunk_write(chunk, bytes, n, error);
    if (status == WFS_OK)
        return wfs_chunk_commit(chunk, &(wfs_receipt){0}, error);
    wfs_chunk_discard(chunk);
    return status;
}

int main(int argc, char **argv)
{
    wfs_store *store = NULL;
    wfs_error error = WFS_ERROR_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_complete_spec end = WFS_COMPLETE_SPEC_INIT;
    end.id = "take-1", end.name = "My first take";
    int failed =
        wfs_store_open(argc > 1 ? argv[1] : "store", NULL, &store, &error) ||
        send_input(store, &error) ||
        wfs_upload_complete(store, &end, &recording, &(bool){0}, &error) ||
        wfs_recording_list(store, &query, &page, &error);
    for (size_t i = 0; i < page.count; i++)
        printf("%s: %s\n", page.recordings[i].name, page.recordings[i].id);
    if (failed)
        fprintf(stderr, "%s\n", error.detail);
    wfs_recording_page_release(&page), wfs_recording_release(&recording);
    return wfs_store_close(store), failed;
}
